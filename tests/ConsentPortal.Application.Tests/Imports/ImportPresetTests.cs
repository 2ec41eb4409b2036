using System.Text.Json;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Tests.Subscribers;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class ImportPresetTests
{
    [Fact]
    public async Task A_preset_that_takes_the_place_of_another_says_what_that_one_was_and_the_first_has_nothing_before()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var presets = portal.Get<ImportPresets>();

        Assert.Null((await presets.SaveAsync(portal.Staff, "Till", ["Tel", "First"], ColumnMap.Parse("phone=Tel,firstName=First").Value, "US", default)).Failure);
        Assert.Null((await presets.SaveAsync(portal.Staff, "Till", ["Tel"], ColumnMap.Parse("phone=Tel").Value, null, default)).Failure);

        var entries = await portal.AuditAsync("import.preset-saved");
        Assert.Equal(JsonValueKind.Null, entries[0].GetProperty("before").ValueKind);
        Assert.Equal(entries[0].GetProperty("after").GetRawText(), entries[1].GetProperty("before").GetRawText());
        Assert.Equal(["firstName", "phone"], entries[1].GetProperty("before").GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(["phone"], entries[1].GetProperty("after").GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
    }
}
