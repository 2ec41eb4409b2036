namespace ConsentPortal.Domain.Policy.Places;

/// <summary>The tables under Policy/Data: a first comment line with their origin, a header, then rows.</summary>
internal static class EmbeddedCsv
{
    public static IEnumerable<string[]> Rows(string name)
    {
        var assembly = typeof(EmbeddedCsv).Assembly;
        using var stream = assembly.GetManifestResourceStream($"ConsentPortal.Domain.Policy.Data.{name}")
            ?? throw new InvalidOperationException($"The table {name} is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        var isHeader = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            if (!isHeader)
                yield return Fields(line);
            isHeader = false;
        }
    }

    private static string[] Fields(string line)
    {
        if (!line.Contains('"'))
            return line.Split(',');
        var fields = new List<string>();
        var field = new System.Text.StringBuilder();
        var isQuoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == ',' && !isQuoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(c);
        }

        fields.Add(field.ToString());
        return fields.ToArray();
    }
}
