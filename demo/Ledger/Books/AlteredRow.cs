namespace OutbackUptime.Ledger.Books;

/// <summary>A row whose key was published, with content that was not.</summary>
/// <param name="KeyBoot">The boot under which the hub published that seq, or <see cref="BookEntry.NoBoot"/>.</param>
/// <param name="Seq">Packet number.</param>
/// <param name="RowBoot">The boot in the row.</param>
internal readonly record struct AlteredRow(ulong KeyBoot, ulong Seq, ulong RowBoot);
