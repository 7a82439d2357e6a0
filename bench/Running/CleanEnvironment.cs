using System.Collections;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// Which variables of the user's environment clients and servers do not get: whatever .NET, its host, ASP.NET Core, Kestrel,
/// WireMock.Net's configuration or OpenSSL would read, so that the same command measures the same thing for everybody.
/// </summary>
internal static class CleanEnvironment
{
    private static readonly string[] Read =
    [
        "DOTNET_", "COMPlus_", "CORECLR_", "COR_", "ASPNETCORE_",
        "Kestrel__", "Kestrel:", "Logging__", "Logging:", "WireMockServerSettings__", "WireMockServerSettings:",
        "OPENSSL_CONF", "OPENSSL_ia32cap",
    ];

    // Without them the runtime or the SDK may not be found, or another one would be; none changes how a program runs.
    private static readonly string[] Needed =
    [
        "DOTNET_ROOT", "DOTNET_HOST_PATH", "DOTNET_MULTILEVEL_LOOKUP", "DOTNET_ROLL_FORWARD", "DOTNET_BUNDLE_EXTRACT_BASE_DIR", "DOTNET_INSTALL_DIR",
        "DOTNET_CLI_", "DOTNET_NOLOGO", "DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "DOTNET_ADD_GLOBAL_TOOLS_TO_PATH", "DOTNET_GENERATE_ASPNET_CERTIFICATE", "DOTNET_TOOLS_", "DOTNET_WATCH",
        "DOTNET_VERSION", "DOTNET_RUNNING_IN_CONTAINER", "DOTNET_USE_POLLING_FILE_WATCHER",
    ];

    // What the suite decides itself whatever they say: addresses and cultures; and what images of containers set.
    private static readonly string[] Idle =
    [
        "DOTNET_SYSTEM_GLOBALIZATION_", "DOTNET_ENVIRONMENT", "DOTNET_EnableDiagnostics",
        "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS", "ASPNETCORE_ENVIRONMENT",
    ];

    // Read by code of the framework when it is first used, and so not yet when the program starts.
    private static readonly string[] ReadLate = ["DOTNET_SYSTEM_", "ASPNETCORE_", "Kestrel", "Logging", "WireMock", "OPENSSL_"];

    /// <summary>Whether a process may inherit the variable.</summary>
    public static bool IsInherited(string name) => !StartsWithOne(name, Read) || StartsWithOne(name, Needed);

    /// <summary>The variables that are removed and would have changed what is measured, in their order.</summary>
    /// <param name="environment">The user's environment.</param>
    public static IReadOnlyList<string> Changing(IReadOnlyDictionary<string, string> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return
        [
            .. environment.Where(variable => !IsInherited(variable.Key) && !StartsWithOne(variable.Key, Idle) && !RuntimeSettings.OfClients.Contains((variable.Key, variable.Value)))
                .Select(variable => variable.Key).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Says what became of such a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="withinThisProcess">Whether the calls are made, or answered, by the very process that the user started.</param>
    /// <param name="canBePassedOn">Whether the verb takes <see cref="PassedOn.Option"/>.</param>
    public static string Words(string name, bool withinThisProcess, bool canBePassedOn) =>
        withinThisProcess && !StartsWithOne(name, ReadLate)
            ? $"{name} holds for this process, which was started with it, and changes what is measured: unset it"
            : $"{name} is not passed on: it would change what is measured{(canBePassedOn ? $"; use {PassedOn.Option} to do so deliberately" : string.Empty)}";

    /// <summary>Takes what no process may inherit out of this process's own environment.</summary>
    /// <returns>The environment as it was.</returns>
    public static IReadOnlyDictionary<string, string> Apply()
    {
        var before = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        foreach (var name in before.Keys.Where(name => !IsInherited(name)))
        {
            Environment.SetEnvironmentVariable(name, null);
        }

        return before;
    }

    // Configuration knows no case, and neither does Windows.
    private static bool StartsWithOne(string name, string[] prefixes) => prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
