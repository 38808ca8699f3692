using OutbackUptime.Bench.Load;

namespace OutbackUptime.Bench.Gateway;

/// <summary>What a broker's SIGKILLs did to what it had acknowledged.</summary>
/// <param name="Server">Which.</param>
/// <param name="Promise">What its PUBACK says.</param>
/// <param name="Kills">How many SIGKILLs.</param>
/// <param name="Count">All of them together.</param>
internal sealed record BrokerKillRow(string Server, string Promise, int Kills, DeliveryCount Count);
