using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Clients whose class asks for nothing but the counts.</summary>
[ConnectionsDiagnoser]
public class ClientToy : Clients
{
    [Params(false, true)]
    public override bool Tls { get; set; }

    [Benchmark]
    public async Task<string> FreshForTwo()
    {
        using var client = NewClient();
        await client.GetStringAsync(Address);
        return await client.GetStringAsync(Address);
    }
}

/// <summary>The same clients, counted while they take turns.</summary>
[TakeTurns(EngineFactory = typeof(ConnectionCountingEngineFactory)), ConnectionsDiagnoser(SetsEngineFactory = false)]
public class ClientToyInTurns : Clients;

/// <summary>Clients against a server in their own process, which know nothing of how they are counted.</summary>
public abstract class Clients
{
    private ToyServer? _server;
    private HttpClient? _shared;

    public virtual bool Tls { get; set; }

    protected Uri Address => _server!.Address;

    [GlobalSetup]
    public void Open()
    {
        _server = new ToyServer(Tls);
        _shared = NewClient();
        _shared.GetStringAsync(Address).GetAwaiter().GetResult();
    }

    [GlobalCleanup]
    public void Close()
    {
        _shared?.Dispose();
        _server?.Dispose();
    }

    [Benchmark]
    public Task<string> Shared() => _shared!.GetStringAsync(Address);

    [Benchmark]
    public async Task<string> Fresh()
    {
        using var client = NewClient();
        return await client.GetStringAsync(Address);
    }

    protected HttpClient NewClient() => new(_server!.Certificate is not { } certificate ? new SocketsHttpHandler() : new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck },
        },
    });
}
