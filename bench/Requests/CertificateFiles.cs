using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Requests;

/// <summary>Certificates out of files that options name: PEM, or PKCS#12 for a certificate with its key.</summary>
internal static class CertificateFiles
{
    /// <summary>The option of a client's certificate.</summary>
    public const string Certificate = "--cert";

    /// <summary>The option of its key.</summary>
    public const string Key = "--key";

    /// <summary>The option of the key's password.</summary>
    public const string Password = "--pass";

    /// <summary>The option of the authorities.</summary>
    public const string Authority = "--cacert";

    private const string PemCertificate = "-----BEGIN CERTIFICATE-----";
    private const string PemKey = "PRIVATE KEY-----";
    private const string PemEncryptedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----";

    /// <summary>A client's certificate with its key, and what lies between it and its authority.</summary>
    /// <param name="path">The certificate's file.</param>
    /// <param name="keyPath">The key's file; null where the first one holds it.</param>
    /// <param name="password">The password of the key; null for none.</param>
    /// <exception cref="UserException">A file is not there, or not what it should be.</exception>
    public static ClientCertificate Client(string path, string? keyPath, string? password)
    {
        var bytes = InputFile.Bytes(Certificate, path);
        var text = Encoding.Latin1.GetString(bytes);
        return text.Contains(PemCertificate, StringComparison.Ordinal) ? FromPem(path, text, keyPath, password)
            : keyPath is null ? FromPkcs12(path, bytes, password)
            : throw Wrong($"{Certificate} {path}: no certificate in PEM, which {Key} needs");
    }

    /// <summary>The authorities of a file, as PEM.</summary>
    /// <exception cref="UserException">The file is not there, or has none.</exception>
    public static string Authorities(string path)
    {
        var bytes = InputFile.Bytes(Authority, path);
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPem(Encoding.Latin1.GetString(bytes));
            if (authorities.Count == 0)
            {
                authorities.Add(X509CertificateLoader.LoadCertificate(bytes)); // DER
            }

            return string.Join('\n', authorities.Select(authority => authority.ExportCertificatePem()));
        }
        catch (CryptographicException)
        {
            throw Wrong($"{Authority} {path}: no certificate");
        }
    }

    private static ClientCertificate FromPem(string path, string text, string? keyPath, string? password)
    {
        var key = keyPath is null ? text : Encoding.Latin1.GetString(InputFile.Bytes(Key, keyPath));
        var where = keyPath is null ? $"{Certificate} {path}" : $"{Key} {keyPath}";
        if (!key.Contains(PemKey, StringComparison.Ordinal))
        {
            throw Wrong(keyPath is null ? $"{where}: a certificate without its private key, which {Key} FILE can name" : $"{where}: no private key in PEM");
        }

        var encrypted = key.Contains(PemEncryptedKey, StringComparison.Ordinal);
        if (encrypted && password is null)
        {
            throw Wrong($"{where}: the key is encrypted: {Password} '$NAME' gives its password, out of a variable of the environment");
        }

        try
        {
            using var own = encrypted ? X509Certificate2.CreateFromEncryptedPem(text, key, password) : X509Certificate2.CreateFromPem(text, key);
            var all = new X509Certificate2Collection();
            all.ImportFromPem(text);
            return Packed(own, all.Skip(1)); // CreateFromPem takes the first
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Wrong(encrypted ? $"{where}: the password is wrong, or the key is not the certificate's" : $"{where}: no certificate with a key that belongs to it");
        }
    }

    private static ClientCertificate FromPkcs12(string path, byte[] bytes, string? password)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(bytes, password, X509KeyStorageFlags.Exportable);
            return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
                ? Packed(own, all.Where(certificate => certificate != own))
                : throw Wrong($"{Certificate} {path}: a certificate without its private key");
        }
        catch (CryptographicException)
        {
            throw Wrong($"{Certificate} {path}: neither PEM nor PKCS#12{(password is null ? $"; or a password is needed, with {Password} '$NAME'" : "; or the password is wrong")}");
        }
    }

    private static ClientCertificate Packed(X509Certificate2 own, IEnumerable<X509Certificate2> rest)
    {
        X509Certificate2Collection all = [own, .. rest];
        return new ClientCertificate(Convert.ToBase64String(all.Export(X509ContentType.Pkcs12)!));
    }

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
