namespace OutbackUptime.Ledger.Books;

/// <summary>What one store shows of one hub. Filled by that store's reader only, so that stores are read side by side.</summary>
internal sealed class StoreView(int entries, bool hasUnbooted)
{
    private readonly byte[] _seen = new byte[entries];
    private readonly bool[] _altered = new bool[entries];

    // Only packets without a boot of their own get one assigned; both stores must agree on it.
    private readonly ulong[] _assignedBoots = hasUnbooted ? new ulong[entries] : [];

    public long Rows { get; set; }

    /// <summary>Rows whose key was published but with other content.</summary>
    public List<AlteredRow> AlteredRows { get; } = [];

    /// <summary>Rows nobody published.</summary>
    public List<(ulong Boot, ulong Seq)> Phantoms { get; } = [];

    /// <summary>Reason codes of packets that this store holds in quarantine.</summary>
    public Dictionary<int, string> Quarantined { get; } = [];

    /// <summary>Deliberately bad payloads that this store holds in quarantine.</summary>
    public HashSet<ulong> Bad { get; } = [];

    public int Seen(int entry) => _seen[entry];

    public bool IsAltered(int entry) => _altered[entry];

    public ulong AssignedBoot(int entry) => _assignedBoots.Length == 0 ? 0 : _assignedBoots[entry];

    public void See(int entry, ulong boot)
    {
        _seen[entry] = (byte)Math.Min(_seen[entry] + 1, byte.MaxValue);
        if (_assignedBoots.Length > 0)
        {
            _assignedBoots[entry] = boot;
        }
    }

    public void MarkAltered(int entry) => _altered[entry] = true;
}
