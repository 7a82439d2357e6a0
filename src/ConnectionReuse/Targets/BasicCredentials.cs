using System.Text;

namespace ConnectionReuse.Targets;

/// <summary>Basic authentication (RFC 7617).</summary>
internal static class BasicCredentials
{
    /// <summary>The scheme's name.</summary>
    public const string Scheme = "Basic";

    /// <summary>What follows the scheme in an Authorization header.</summary>
    /// <param name="credentials"><c>user:password</c>.</param>
    public static string Encoded(string credentials) => Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    /// <summary><c>user:password</c> out of a URL's user info; null where it has none.</summary>
    public static string? OfUserInfo(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.UserInfo.Length == 0 ? null
            : url.UserInfo.Split(':', 2) is [var user, var password] ? $"{Uri.UnescapeDataString(user)}:{Uri.UnescapeDataString(password)}"
            : $"{Uri.UnescapeDataString(url.UserInfo)}:";
    }
}
