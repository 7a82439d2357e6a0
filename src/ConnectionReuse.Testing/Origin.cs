using System.Globalization;

namespace ConnectionReuse.Testing;

/// <summary>Scheme, host and port, in one way of writing, so that two of them can be compared.</summary>
internal readonly record struct Origin
{
    private readonly string _scheme;
    private readonly string _host;
    private readonly int _port;

    // .NET writes scheme and host in small letters already, and an IPv6 address now with brackets and now without.
    public Origin(string scheme, string host, int port) => (_scheme, _host, _port) = (scheme, host.Trim('[', ']'), port);

    public static Origin Of(Uri address) => new(address.Scheme, address.IdnHost, address.Port);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_scheme}://{(_host.Contains(':') ? $"[{_host}]" : _host)}:{_port}");
}
