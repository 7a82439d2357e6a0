using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;

namespace ConnectionReuse.Bench.Checks;

/// <summary>Two benchmarks that do the same for some milliseconds: whatever they differ by is the measurement's own.</summary>
public class EqualWork
{
    private const int Bytes = 8 << 20;

    private readonly byte[] _data = new byte[Bytes];

    /// <summary>The one.</summary>
    [Benchmark]
    public byte[] One() => SHA256.HashData(_data);

    /// <summary>The other.</summary>
    [Benchmark]
    public byte[] Other() => SHA256.HashData(_data);
}
