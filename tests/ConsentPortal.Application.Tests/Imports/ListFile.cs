using System.Text;
using ConsentPortal.Application.Imports;

namespace ConsentPortal.Application.Tests.Imports;

/// <summary>A list on disk for one test, and the request that imports it.</summary>
internal sealed class ListFile : IDisposable
{
    public const string Header = "Mobile,Country,First,Consent,Given,Source";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("list");

    public ListFile(byte[] bytes)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "people.csv");
        File.WriteAllBytes(Path, bytes);
    }

    public ListFile(string text, Encoding? encoding = null)
        : this([.. (encoding ?? Encoding.Default).GetPreamble(), .. (encoding ?? new UTF8Encoding(false)).GetBytes(text)])
    {
    }

    public string Path { get; }

    /// <param name="rows">Values in the order of <see cref="Header"/>.</param>
    public static ListFile Of(params string[] rows) => new(string.Join('\n', [Header, .. rows]) + "\n", new UTF8Encoding(false));

    public static ColumnMap Map { get; } = ColumnMap.Parse("phone=Mobile,country=Country,firstName=First,consent=Consent,consentAt=Given,source=Source").Value;

    public ImportRequest Request(ColumnMap? map = null, string? region = "US") => new(Path, "people.csv", map ?? Map, region);

    public void Dispose() => _folder.Delete(recursive: true);
}
