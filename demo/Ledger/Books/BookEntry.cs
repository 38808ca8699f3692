namespace OutbackUptime.Ledger.Books;

/// <summary>One packet that a hub published. 32 bytes: millions must fit.</summary>
internal struct BookEntry : IComparable<BookEntry>
{
    /// <summary>Stands for the boot of a hub that sends none. No hub can send it (the limit is 10^15 - 1).</summary>
    public const ulong NoBoot = ulong.MaxValue;

    public ulong Boot;
    public ulong Seq;
    public ulong Hash;
    public bool Acknowledged;

    public readonly int CompareTo(BookEntry other)
    {
        var byBoot = Boot.CompareTo(other.Boot);
        var bySeq = byBoot != 0 ? byBoot : Seq.CompareTo(other.Seq);
        return bySeq != 0 ? bySeq : Hash.CompareTo(other.Hash);
    }
}
