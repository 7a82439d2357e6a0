using BenchmarkDotNet.Attributes;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Two trivial benchmarks that write down what they do.</summary>
public class FirstToy
{
    [GlobalSetup]
    public void Open() => Diary.Write("warm");

    [GlobalCleanup]
    public void Close() => Diary.Write("close");

    [IterationSetup(Target = nameof(A))]
    public void BeginA() => Diary.Write("begin A");

    [IterationCleanup(Target = nameof(A))]
    public void EndA() => Diary.Write("end A");

    [IterationSetup(Target = nameof(B))]
    public void BeginB() => Diary.Write("begin B");

    [IterationCleanup(Target = nameof(B))]
    public void EndB() => Diary.Write("end B");

    [Benchmark]
    public int A() => Diary.Path!.Length;

    [Benchmark]
    public int B() => Diary.Path!.Length;
}

/// <summary>A third one in another class, and one that fails in its second iteration.</summary>
public class SecondToy
{
    private int _iterations;

    [GlobalSetup]
    public void Open() => Diary.Write("warm");

    [IterationSetup(Target = nameof(C))]
    public void BeginC() => Diary.Write("begin C");

    [IterationCleanup(Target = nameof(C))]
    public void EndC() => Diary.Write("end C");

    [Benchmark]
    public int C() => Diary.Path!.Length;

    [Benchmark]
    public int Failing() => ++_iterations < 2 ? _iterations : throw new InvalidOperationException("on purpose");
}

/// <summary>A benchmark that is told its stages and notes something down.</summary>
public class StagedToy : IStagedBenchmark
{
    private readonly List<string> _stages = [];

    public int Iterations => 3;

    public void Begin(string benchmark, Action iterate) => _stages.Add("begin " + benchmark.Split('.')[^1]);

    public void RunFirst()
    {
        Diary.Write("begin first");
        _stages.Add("ran first");
        Diary.Write("end first");
    }

    public void BeginWarmup()
    {
        Diary.Write("warm");
        _stages.Add("warming up");
    }

    public void WarmedUp(int iterations, bool capped) => _stages.Add("warmed up");

    public void Rehearsed() => _stages.Add("rehearsed");

    public void Fail(Exception exception) => _stages.Add("failed: " + exception?.Message);

    public string Note() => string.Join(", ", _stages);

    [Benchmark]
    public void Counted() => _stages.Add("run");

    [Benchmark]
    public void FailingAtOnce() => throw new InvalidOperationException("on purpose");
}
