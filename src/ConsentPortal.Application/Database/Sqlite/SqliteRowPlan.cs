using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using ConsentPortal.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using SQLitePCL;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>How a row of one table is bound to an INSERT: compiled once from the model, so that names, order and conversions are the model's own.</summary>
/// <param name="Columns">How many values each row has.</param>
/// <param name="Bind">Takes a row, the statement, and how many values of other rows are bound before.</param>
/// <param name="TakeKey">Hands a row the id that the database gave it; null where rows bring their own.</param>
internal sealed record SqliteRowPlan(string Into, int Columns, Action<object, sqlite3_stmt, int> Bind, Action<object, long>? TakeKey)
{
    /// <summary>The INSERT of so many rows.</summary>
    public string Sql(int rows)
    {
        var row = $"({string.Join(", ", Enumerable.Repeat("?", Columns))})";
        return $"{Into} VALUES {string.Join(", ", Enumerable.Repeat(row, rows))}";
    }

    public static SqliteRowPlan Of(IEntityType table)
    {
        var store = StoreObjectIdentifier.Create(table, StoreObjectType.Table)!.Value;
        var key = table.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] && only.ClrType == typeof(long) ? only : null;
        var columns = table.GetProperties().Where(p => p != key).ToList();
        var names = string.Join(", ", columns.Select(c => $"\"{c.GetColumnName(store)}\""));
        return new SqliteRowPlan($"INSERT INTO \"{store.Name}\" ({names})", columns.Count, Binder(table, columns), key is null ? null : KeyTaker(key));
    }

    private static Action<object, sqlite3_stmt, int> Binder(IEntityType table, List<IProperty> columns)
    {
        var (row, statement, before) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(sqlite3_stmt)), Expression.Parameter(typeof(int)));
        var typed = Expression.Variable(table.ClrType);
        var steps = columns.Select((column, i) => BindColumn(column, Expression.Property(typed, column.PropertyInfo!), statement, Expression.Add(before, Expression.Constant(i + 1))));
        var body = Expression.Block([typed], [Expression.Assign(typed, Expression.Convert(row, table.ClrType)), .. steps]);
        return Expression.Lambda<Action<object, sqlite3_stmt, int>>(body, row, statement, before).Compile();
    }

    private static Expression BindColumn(IProperty column, Expression value, Expression statement, Expression position)
    {
        var (isMissing, present) = Nullable.GetUnderlyingType(value.Type) is not null
            ? ((Expression?)Expression.Not(Expression.Property(value, "HasValue")), (Expression)Expression.Property(value, "Value"))
            : (value.Type.IsValueType ? null : Expression.ReferenceEqual(value, Expression.Constant(null)), value);
        var stored = column.GetTypeMapping().Converter is { } converter && !IsStrongId(converter)
            ? ReplacingExpressionVisitor.Replace(
                converter.ConvertToProviderExpression.Parameters[0], Expression.Convert(present, converter.ConvertToProviderExpression.Parameters[0].Type), converter.ConvertToProviderExpression.Body)
            : present;
        var bind = Bound(stored, statement, position);
        // A parameter that nothing is bound to is null, and no row leaves its own behind.
        return isMissing is null ? bind : Expression.IfThen(Expression.Not(isMissing), bind);
    }

    // Its bytes are bound from the stack: a person's rows hold a dozen and a half of them.
    private static bool IsStrongId(ValueConverter converter) => converter.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(StrongIdToBytes<>);

    private static MethodCallExpression Bound(Expression value, Expression statement, Expression position) => value.Type switch
    {
        var t when t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IStrongId<>)) =>
            Call(nameof(SqliteValues.StrongId), statement, position, Expression.Property(value, "Value")),
        var t when t == typeof(byte[]) => Call(nameof(SqliteValues.Blob), statement, position, value),
        var t when t == typeof(string) => Call(nameof(SqliteValues.Text), statement, position, value),
        var t when t == typeof(char) => Call(nameof(SqliteValues.Text), statement, position, Expression.Call(value, nameof(ToString), Type.EmptyTypes)),
        var t when t == typeof(Guid) => Call(nameof(SqliteValues.Id), statement, position, value),
        var t when t == typeof(double) => Call(nameof(SqliteValues.Real), statement, position, value),
        var t when t == typeof(decimal) => Call(nameof(SqliteValues.Exact), statement, position, value),
        var t when t == typeof(bool) => Call(nameof(SqliteValues.Whole), statement, position, Expression.Condition(value, Expression.Constant(1L), Expression.Constant(0L))),
        var t when t == typeof(int) || t == typeof(long) || t == typeof(byte) || t == typeof(short) => Call(nameof(SqliteValues.Whole), statement, position, Expression.Convert(value, typeof(long))),
        var other => throw new NotSupportedException($"No way is known to bind a {other.Name}."),
    };

    private static MethodCallExpression Call(string method, Expression statement, Expression position, params Expression[] value) =>
        Expression.Call(typeof(SqliteValues).GetMethod(method, BindingFlags.Static | BindingFlags.Public)!, [statement, position, .. value]);

    private static Action<object, long> KeyTaker(IProperty key)
    {
        var (row, id) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(long)));
        var target = Expression.Property(Expression.Convert(row, key.DeclaringType.ClrType), key.PropertyInfo!);
        return Expression.Lambda<Action<object, long>>(Expression.Assign(target, id), row, id).Compile();
    }
}

/// <summary>Binds one value by its position, in the form in which the ADO layer stores it.</summary>
internal static class SqliteValues
{
    private const int Short = 256;

    public static void Whole(sqlite3_stmt statement, int position, long value) => Check(raw.sqlite3_bind_int64(statement, position, value));

    public static void Real(sqlite3_stmt statement, int position, double value) => Check(raw.sqlite3_bind_double(statement, position, value));

    public static void Blob(sqlite3_stmt statement, int position, byte[] value) =>
        Check(value.Length == 0 ? raw.sqlite3_bind_zeroblob(statement, position, 0) : raw.sqlite3_bind_blob(statement, position, value));

    public static void StrongId(sqlite3_stmt statement, int position, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(statement, position, bytes));
    }

    public static void Id(sqlite3_stmt statement, int position, Guid value)
    {
        const int length = 36;
        Span<byte> bytes = stackalloc byte[length];
        value.TryFormat(bytes, out _);
        Ascii.ToUpperInPlace(bytes, out _);
        Check(raw.sqlite3_bind_text(statement, position, bytes));
    }

    public static void Exact(sqlite3_stmt statement, int position, decimal value) => Text(statement, position, value.ToString("0.0###########################", CultureInfo.InvariantCulture));

    public static void Text(sqlite3_stmt statement, int position, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var bytes = most <= Short ? stackalloc byte[Short] : new byte[most];
        Check(raw.sqlite3_bind_text(statement, position, bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
    }

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new Microsoft.Data.Sqlite.SqliteException(raw.sqlite3_errstr(code).utf8_to_string(), code);
    }
}
