namespace OutbackUptime.Silo.Ledger;

/// <summary>Registers the receipts' check.</summary>
internal static class LedgerExtensions
{
    /// <summary>Uses section `Ledger`.</summary>
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<LedgerOptions, LedgerOptionsValidator>().BindConfiguration("Ledger");
        services.AddSingleton<ReceiptLedger>();
        services.AddSingleton<LedgerInstruments>();
        services.AddHostedService<LedgerService>();
        return services;
    }
}
