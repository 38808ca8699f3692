namespace OutbackUptime.Bench.Storm;

/// <summary>What a process used in the storm.</summary>
internal sealed record StormProcess(string Name, double CpuSeconds, long BytesBefore, long BytesMost, long BytesPeakOfItsLife);
