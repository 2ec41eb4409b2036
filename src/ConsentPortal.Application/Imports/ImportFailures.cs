using System.Globalization;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Imports;

public sealed record ImportFileMissing() : Failure("There is no such file. Nothing was imported; check its name and path.");

public sealed record ImportFileUnreadable() : Failure(
    "The file can't be opened: another program holds it, or the portal may not read it. Nothing was imported; close the other program or change the file's permissions.");

public sealed record ImportFileEmpty() : Failure("The file is empty. Nothing was imported; export the list again, with its header row.");

public sealed record ImportFileHasOnlyHeader() : Failure("The file has a header row and no people below it. Nothing was imported; export the list again.");

public sealed record ImportFileTooLarge(long Size, long Largest) : Failure(
    $"The file has {Megabytes(Size)} MB and the limit is {Megabytes(Largest)} MB. Nothing was imported; split the list, or raise the setting Imports:LargestFile.")
{
    private static string Megabytes(long bytes) => (bytes / 1048576m).ToString("0.#", CultureInfo.InvariantCulture);
}

public sealed record ImportFileIsWorkbook() : Failure(
    "This is a spreadsheet workbook, not a list as text. Nothing was imported; open it and save it as CSV (UTF-8).");

public sealed record ImportFileIsBinary() : Failure(
    "This is not a text file. Nothing was imported; export the list as CSV, best in UTF-8.");

/// <param name="Row">Line number in the file; the header is 1.</param>
public sealed record ImportFileBroken(long Row) : Failure(
    $"Row {Row}: a quotation mark is opened and not closed, or stands in the middle of a value, so the columns behind it can't be told apart. Nothing was imported; mend row {Row} and try again.");

public sealed record ImportRowTooLong(long Row) : Failure(
    $"Row {Row}: the row is longer than 64 KB, most likely because a quotation mark is never closed. Nothing was imported; mend row {Row} and try again.");

public sealed record HeaderNamedTwice(string Column) : Failure(
    $"Two columns are called '{Column}', so it is not clear which is meant. Nothing was imported; rename one of them.");

public sealed record ColumnMissing(string Field, string Column, string Present) : Failure(
    $"The file has no column '{Column}' for {Field}. Its columns are: {Present}. Nothing was imported; choose one of these.");

public sealed record PhoneColumnNeeded() : Failure(
    "No column is chosen for the phone number. Nothing was imported; say which column holds it, such as phone=Mobile.");

public sealed record MapEntryUnknown(string Field) : Failure(
    $"'{Field}' is no field that can be imported. Use phone, country, language, externalId, firstName, lastName, consent, consentAt, source or attr:NAME; a new attribute that is no text is attr.number:NAME, attr.date:NAME, attr.flag:NAME or attr.list:NAME. Nothing was imported.");

public sealed record MapEntryMalformed(string Entry) : Failure(
    $"'{Entry}' is not of the form field=Column. Separate entries by commas; put a column name that holds a comma between quotation marks. Nothing was imported.");

public sealed record FieldMappedTwice(string Field) : Failure($"The field {Field} is given two columns. Nothing was imported; keep one of them.");

public sealed record AttributeOfOtherType(string Attribute, string Type) : Failure(
    $"The attribute {Attribute} is known and is a {Type}; its type does not change. Nothing was imported; import it as that, or under another name.");

public sealed record RegionUnknown(string Region) : Failure(
    $"'{Region}' is no country code. Nothing was imported; use two letters such as US, GB or DE.");

public sealed record PurposeUnknown() : Failure("There is no active purpose of that name. Nothing was imported; the page Purposes lists them.");

public sealed record WordingUnknown() : Failure(
    "The purpose has no active wording in that language. Nothing was imported; add the wording that the people on this list were shown.");

public sealed record WordingNeeded() : Failure(
    "A purpose is chosen but not the wording that the people on this list were shown. Nothing was imported; choose both or neither.");
