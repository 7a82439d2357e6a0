using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Tests.Gate;

/// <summary>Passes as the gate would measure them, with made-up noise of measured size.</summary>
internal static class SamplePasses
{
    public const int Rounds = 24;

    // What lock-step sets showed here: batches differ a lot, processes a little, and now and then a batch is disturbed.
    public const double BatchNoise = 0.10;
    public const double ProcessNoise = 0.01;
    private const double Wild = 0.02;
    private static readonly double[] Seconds = [170e-6, 30e-6, 750e-6, 40e-6];

    /// <summary>A pass over all rows.</summary>
    /// <param name="seed">Decides the noise.</param>
    /// <param name="slow">How much slower head is, by row.</param>
    /// <param name="sets">Sets.</param>
    /// <param name="control">How far the control is off.</param>
    /// <param name="processNoise">How far processes differ.</param>
    public static GatePass Of(int seed, Func<StationRow, double> slow, int sets = GateRules.Sets, double control = 0, double processNoise = ProcessNoise)
    {
        var random = new Random(seed);
        return new GatePass(
            seed,
            [.. GateRows.Default.Select((key, row) => new RowSamples(key.Target, key.Client, [.. Enumerable.Range(0, sets).Select(_ => Set(Seconds[row], slow(key), control, processNoise, random))]))],
            Counts(sets));
    }

    public static IReadOnlyList<RowCounts> Counts(int sets = GateRules.Sets, Func<StationRow, Counts, Counts>? head = null) =>
    [
        .. GateRows.Default.Select(key => new RowCounts(key.Target, key.Client, key.Pattern.Declare(50), [.. Enumerable.Range(0, sets).Select(set => new SetCounts(
            Declared(key, set),
            Declared(key, set + 1),
            head is null ? Declared(key, set + 2) : head(key, Declared(key, set + 2))))])),
    ];

    private static Counts Declared(StationRow key, int noise)
    {
        var opened = key.Client == "fresh" ? 50 : 0;
        return new Counts
        {
            Requests = 50,
            Carrying = key.Client == "fresh" ? 50 : 1,
            Opened = opened,
            Accepted = opened,
            FullHandshakes = 0,
            ResumedHandshakes = key.Target == "kestrel-https" ? opened : 0,
            AllocatedBytes = (50 * (key.Client == "fresh" ? 20_000 : 1_900)) + (noise % 3 * 100),
        };
    }

    private static SetSamples Set(double seconds, double slow, double control, double processNoise, Random random)
    {
        var (b, c, h) = (Layout(random, processNoise), Layout(random, processNoise) * (1 + control), Layout(random, processNoise) * (1 + slow));
        return new SetSamples([.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            var moment = seconds * Math.Exp(0.1 * Normal(random)); // what hits all builds alike
            return new CycleSeconds(moment * b * Batch(random), moment * c * Batch(random), moment * h * Batch(random));
        })]);
    }

    private static double Layout(Random random, double processNoise) => Math.Exp(processNoise * Normal(random));

    private static double Batch(Random random) => Math.Exp(BatchNoise * Normal(random)) * (random.NextDouble() < Wild ? 2 : 1);

    // Box and Muller.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
