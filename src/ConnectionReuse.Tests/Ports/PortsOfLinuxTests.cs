using System.Net;
using ConnectionReuse.Ports;
using Xunit;

namespace ConnectionReuse.Tests.Ports;

public sealed class PortsOfLinuxTests
{
    // Recorded: a listener on 127.0.0.1:5000, both ends of a connection to it, one in TIME_WAIT with 59.9 s left, one
    // in FIN_WAIT2, one in TIME_WAIT to 127.0.0.1:5001, one to 192.0.2.7:5000.
    private const string Tcp = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21875 1 00000000063c9cc9 100 0 0 10 0
           1: 0100007F:9C40 0100007F:1388 01 00000000:00000000 02:000AFC80 00000000     0        0 21880 2 0000000058e4938b 20 4 30 10 -1
           2: 0100007F:1388 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 21881 1 00000000e08c21e4 20 4 31 10 -1
           3: 0100007F:9C42 0100007F:1388 06 00000000:00000000 03:00001766 00000000     0        0 0 3 0000000058e4938c
           4: 0100007F:9C44 0100007F:1388 05 00000000:00000000 03:00001700 00000000     0        0 0 3 0000000058e4938d
           5: 0100007F:9C46 0100007F:1389 06 00000000:00000000 03:00000C01 00000000     0        0 0 3 0000000058e4938e
           6: 020200C0:9C48 070200C0:1388 06 00000000:00000000 03:00000064 00000000     0        0 0 3 0000000058e4938f
        """;

    // Recorded: a listener on ::1:5000, TIME_WAIT to [::1]:5000, to [::ffff:127.0.0.1]:5000 (as .NET's sockets connect
    // to IPv4) and to [::ffff:192.0.2.7]:5000, an open connection to [2001:db8::2]:443.
    private const string Tcp6 = """
          sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000000000000000000001000000:1388 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21876 1 00000000dd5f20c9 100 0 0 10 0
           1: 00000000000000000000000001000000:9C4A 00000000000000000000000001000000:1388 06 00000000:00000000 03:000003E8 00000000     0        0 0 3 00000000ab5f20c9
           2: 0000000000000000FFFF00000100007F:9C4C 0000000000000000FFFF00000100007F:1388 06 00000000:00000000 03:000007D0 00000000     0        0 0 3 00000000ab5f20ca
           3: 0000000000000000FFFF0000020200C0:9C4E 0000000000000000FFFF0000070200C0:1388 06 00000000:00000000 03:000000C8 00000000     0        0 0 3 00000000ab5f20cb
           4: B80D0120000000000000000001000000:9C50 B80D0120000000000000000002000000:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 41876 1 00000000dd5f20cc 20 4 30 10 -1
        """;

    private static readonly TakenPort Listener = new(5000, null);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void The_ports_towards_loopback_are_found_in_either_family(string address) =>
        Assert.Equal(
            [
                Listener,
                new(40000, null),
                new(40002, TimeSpan.FromSeconds(59.9)),
                new(40004, null),
                Listener,
                new(40010, TimeSpan.FromSeconds(10)),
                new(40012, TimeSpan.FromSeconds(20)),
            ],
            Taken(address, 5000));

    [Theory]
    [InlineData("192.0.2.7")]
    [InlineData("::ffff:192.0.2.7")]
    public void An_address_is_the_same_when_it_is_mapped_to_IPv6(string address) =>
        Assert.Equal([Listener, new(40008, TimeSpan.FromSeconds(1)), Listener, new(40014, TimeSpan.FromSeconds(2))], Taken(address, 5000));

    [Fact]
    public void An_address_of_IPv6_is_read_in_the_byte_order_of_the_machine() =>
        Assert.Equal([Listener, Listener, new(40016, null)], Taken("2001:db8::2", 443));

    [Theory]
    [InlineData("", new int[0])]
    [InlineData("8080", new[] { 8080 })]
    [InlineData("8080,9148-9150", new[] { 8080, 9148, 9149, 9150 })]
    public void Reserved_ports_are_single_ones_and_ranges(string text, int[] ports) =>
        Assert.Equal(ports, PortsOfLinux.PortList(text).Order());

    private static TakenPort[] Taken(string address, int port) =>
        [.. $"{Tcp}\n{Tcp6}".Split('\n').SelectMany(line => PortsOfLinux.Taken(line, new IPEndPoint(IPAddress.Parse(address), port)))];
}
