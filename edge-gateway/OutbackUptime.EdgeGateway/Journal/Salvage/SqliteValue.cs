using System.Text;

namespace OutbackUptime.EdgeGateway.Journal.Salvage;

/// <summary>A column of a record: nothing, an integer, or bytes that are text or a blob.</summary>
internal readonly record struct SqliteValue(SqliteValue.Kind Type, long Number, ReadOnlyMemory<byte> Bytes)
{
    private static readonly UTF8Encoding s_strict = new(false, throwOnInvalidBytes: true);

    public enum Kind
    {
        Null,
        Integer,
        Text,
        Blob,
    }

    public static SqliteValue Zero => new(Kind.Integer, 0, default);

    /// <summary>The text, or null when it is none.</summary>
    public string? AsText()
    {
        try
        {
            return Type == Kind.Text ? s_strict.GetString(Bytes.Span) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
