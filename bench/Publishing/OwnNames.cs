using System.Collections;
using ConnectionReuse.Reporting.Reports;

namespace ConnectionReuse.Bench.Publishing;

/// <summary>What this machine and its user are called, which no published file may tell.</summary>
internal static class OwnNames
{
    /// <summary>Takes this machine's names and its environment's values out of results.</summary>
    public static Redaction Redaction() => new(
        [Environment.UserName, Environment.MachineName, System.Net.Dns.GetHostName()],
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")));
}
