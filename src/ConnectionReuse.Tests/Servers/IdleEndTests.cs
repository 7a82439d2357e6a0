using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed class IdleEndTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private bool _busy;
    private long _traffic;

    [Fact]
    [Fault("a server beyond loopback that nobody uses", "it ends after an hour, with its totals; exit 0")]
    public async Task It_ends_after_an_hour_in_which_nobody_came()
    {
        var end = EndAsync();
        Pass(59);
        Assert.False(end.IsCompleted);
        Pass(2);
        await end;
    }

    [Fact]
    public async Task Every_request_and_every_turn_begins_the_hour_again()
    {
        var end = EndAsync();
        Pass(50);
        _traffic++;
        Pass(50);
        _busy = true;
        Pass(600);
        Assert.False(end.IsCompleted);
        _busy = false;
        Pass(62);
        await end;
    }

    private Task EndAsync() => new IdleEnd(IdleEnd.Usual, _time, () => _busy, () => _traffic).WaitAsync(TestContext.Current.CancellationToken);

    private void Pass(int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            _time.Advance(Minute);
        }
    }
}
