using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Tests.Requests;

/// <summary>A certificate authority for clients and a certificate of its, as files.</summary>
internal sealed class ClientCertificates : IDisposable
{
    public const string Password = "opensesame";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    public ClientCertificates()
    {
        var (from, to) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Client test CA", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Authority = authority.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var client = new CertificateRequest("CN=client", key, HashAlgorithmName.SHA256);
        client.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false)); // clientAuth, RFC 5280 4.2.1.12
        using var signed = client.Create(Authority, from, to, [1, 2, 3, 4]);
        using var own = signed.CopyWithPrivateKey(key);

        var (certificate, plain) = (own.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        Write("certificate.pem", certificate);
        Write("key.pem", plain);
        Write("both.pem", $"{certificate}\n{plain}");
        Write("locked.pem", $"{certificate}\n{key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000))}");
        Write("garbage.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
        Write("none.pem", "nothing of the kind");
        Write("authority.pem", Authority.ExportCertificatePem());
        File.WriteAllBytes(this["client.pfx"], own.Export(X509ContentType.Pkcs12, Password));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Write("other-key.pem", other.ExportPkcs8PrivateKeyPem());
    }

    public X509Certificate2 Authority { get; }

    public string this[string file] => Path.Combine(_folder.FullName, file);

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Write(string file, string text) => File.WriteAllText(this[file], text);
}
