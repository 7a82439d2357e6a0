namespace ConnectionReuse.Bench.Requests;

/// <summary>Variables that name a proxy which a run does not use: said, or its user would look for the failure elsewhere.</summary>
internal static class IgnoredProxy
{
    /// <summary>A line that names the variable and the option that heeds it; null where there is no such variable.</summary>
    /// <param name="urls">What is called.</param>
    /// <param name="environment">The value of a variable; null where it is not set.</param>
    public static string? Notice(IEnumerable<Uri> urls, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(environment);
        var variable = urls.Where(url => !IsExcepted(url, environment)).Select(url => VariableFor(url, environment)).FirstOrDefault(name => name is not null);
        return variable is null ? null : $"{variable} is ignored: no proxy is used; --proxy env uses it, --proxy none says nothing of it";
    }

    private static string? VariableFor(Uri url, Func<string, string?> environment) =>
        new[] { $"{url.Scheme}_proxy", $"{url.Scheme}_proxy".ToUpperInvariant(), "all_proxy", "ALL_PROXY" }.FirstOrDefault(name => environment(name) is { Length: > 0 });

    private static bool IsExcepted(Uri url, Func<string, string?> environment) => (environment("no_proxy") ?? environment("NO_PROXY") ?? string.Empty)
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(except => except == "*" || url.Host.Equals(except, StringComparison.OrdinalIgnoreCase)
            || url.Host.EndsWith("." + except.TrimStart('*').TrimStart('.'), StringComparison.OrdinalIgnoreCase));
}
