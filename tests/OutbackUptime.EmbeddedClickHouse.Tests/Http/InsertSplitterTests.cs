using System.Text;
using OutbackUptime.EmbeddedClickHouse.Http;

namespace OutbackUptime.EmbeddedClickHouse.Tests.Http;

public sealed class InsertSplitterTests
{
    [Theory]
    [InlineData("INSERT INTO t FORMAT RowBinary\nDATA", "INSERT INTO t", "RowBinary", "DATA")]
    [InlineData("insert into `a format b`.t (x, \"values\") settings a=1 format JSONEachRow {\"a\":1}", "insert into `a format b`.t (x, \"values\") settings a=1", "JSONEachRow", "{\"a\":1}")]
    [InlineData("/* FORMAT x */ INSERT INTO t -- values\n VALUES (1),(2)", "/* FORMAT x */ INSERT INTO t -- values", "Values", " (1),(2)")]
    [InlineData("INSERT INTO t FORMAT CSV\n\n\nDROP TABLE t", "INSERT INTO t", "CSV", "\n\nDROP TABLE t")]
    public void AnInsertWithData_IsSplit(string sql, string head, string format, string data)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);

        Assert.True(InsertSplitter.TrySplit(bytes, out var gotHead, out var gotFormat, out var start));
        Assert.Equal((head, format, data), (gotHead, gotFormat, Encoding.UTF8.GetString(bytes.AsSpan(start))));
    }

    [Theory]
    [InlineData("SELECT 1 FORMAT JSON")]
    [InlineData("INSERT INTO t SELECT * FROM u FORMAT JSON")]
    [InlineData("INSERT INTO t (a) WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("INSERT INTO t FROM INFILE 'f' FORMAT CSV")]
    [InlineData("INSERT")]
    [InlineData("")]
    public void AnythingElse_IsNot(string sql) => Assert.False(InsertSplitter.TrySplit(Encoding.UTF8.GetBytes(sql), out _, out _, out _));
}
