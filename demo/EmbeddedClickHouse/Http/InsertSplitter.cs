namespace OutbackUptime.EmbeddedClickHouse.Http;

/// <summary>
/// Splits <c>INSERT … FORMAT X⏎data</c> and <c>INSERT … VALUES data</c> into statement and data, as ClickHouse's own
/// ParserInsertQuery does, so that data never reaches a SQL parser.
/// </summary>
internal static class InsertSplitter
{
    /// <summary>False for every statement that carries no data of its own (SELECT, DDL, INSERT … SELECT, … FROM INFILE).</summary>
    public static bool TrySplit(ReadOnlySpan<byte> sql, out string head, out string format, out int dataStart)
    {
        (head, format, dataStart) = ("", "", 0);
        var position = 0;
        if (!IsWord(sql, Next(sql, ref position), "INSERT"u8))
        {
            return false;
        }

        var depth = 0;
        while (true)
        {
            var token = Next(sql, ref position);
            if (token.Length == 0)
            {
                return false;
            }

            var first = sql[token.Start];
            depth += first switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
            if (depth > 0 || !IsLetter(first))
            {
                continue;
            }

            if (IsWord(sql, token, "SELECT"u8) || IsWord(sql, token, "WITH"u8) || IsWord(sql, token, "INFILE"u8))
            {
                return false;
            }

            if (IsWord(sql, token, "VALUES"u8))
            {
                (head, format, dataStart) = (Text(sql[..token.Start]), "Values", position);
                return true;
            }

            if (IsWord(sql, token, "FORMAT"u8))
            {
                var name = Next(sql, ref position);
                if (name.Length == 0 || !IsLetter(sql[name.Start]))
                {
                    return false;
                }

                (head, format, dataStart) = (Text(sql[..token.Start]), Text(sql.Slice(name.Start, name.Length)), SkipToData(sql, position));
                return true;
            }
        }
    }

    private static int SkipToData(ReadOnlySpan<byte> sql, int position)
    {
        while (position < sql.Length && sql[position] is (byte)' ' or (byte)'\t' or (byte)'\f')
        {
            position++;
        }

        if (position < sql.Length && sql[position] == ';')
        {
            position++;
        }

        if (position < sql.Length && sql[position] == '\r')
        {
            position++;
        }

        return position < sql.Length && sql[position] == '\n' ? position + 1 : position;
    }

    /// <summary>The next token: a word, a quoted text as a whole, or one other character. Comments and blanks are passed over.</summary>
    private static (int Start, int Length) Next(ReadOnlySpan<byte> sql, ref int position)
    {
        SkipBlanks(sql, ref position);
        var start = position;
        if (start >= sql.Length)
        {
            return (start, 0);
        }

        var first = sql[position++];
        if (first is (byte)'\'' or (byte)'"' or (byte)'`')
        {
            while (position < sql.Length && sql[position] != first)
            {
                position += sql[position] == '\\' ? 2 : 1;
            }

            position = Math.Min(position + 1, sql.Length);
        }
        else if (IsLetter(first))
        {
            while (position < sql.Length && (IsLetter(sql[position]) || char.IsAsciiDigit((char)sql[position])))
            {
                position++;
            }
        }

        return (start, position - start);
    }

    private static void SkipBlanks(ReadOnlySpan<byte> sql, ref int position)
    {
        while (position < sql.Length)
        {
            var rest = sql[position..];
            if (rest[0] <= ' ')
            {
                position++;
            }
            else if (rest.StartsWith("--"u8) || rest[0] == '#')
            {
                var end = rest.IndexOf((byte)'\n');
                position = end < 0 ? sql.Length : position + end + 1;
            }
            else if (rest.StartsWith("/*"u8))
            {
                var end = rest.IndexOf("*/"u8);
                position = end < 0 ? sql.Length : position + end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsLetter(byte b) => char.IsAsciiLetter((char)b) || b == '_';

    private static bool IsWord(ReadOnlySpan<byte> sql, (int Start, int Length) token, ReadOnlySpan<byte> word)
    {
        if (token.Length != word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if ((sql[token.Start + i] & 0xDF) != word[i])
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes).TrimEnd();
}
