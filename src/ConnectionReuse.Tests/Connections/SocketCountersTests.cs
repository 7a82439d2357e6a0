using System.Globalization;
using ConnectionReuse.Connections;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

public sealed class SocketCountersTests
{
    [Theory]
    [InlineData(".")]
    [InlineData(",")] // de-DE, in which 0.001 is a whole second
    public void The_runtime_is_asked_for_a_report_in_a_millisecond_in_its_own_culture(string separator)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty) { NumberFormat = { NumberDecimalSeparator = separator, NumberGroupSeparator = separator == "." ? "," : "." } };
            Assert.Equal(0.001f, float.Parse(SocketCounters.EveryMillisecond()["EventCounterIntervalSec"]!, CultureInfo.CurrentCulture));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
