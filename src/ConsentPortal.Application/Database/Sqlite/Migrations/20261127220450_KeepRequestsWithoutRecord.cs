using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class KeepRequestsWithoutRecord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A column that may be null is as it was on disk: only the words of the table change (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
            // To make the table anew is nothing that SQLite can do inside the migration's transaction: a start that was killed meanwhile would have left half of it.
            migrationBuilder.Sql("PRAGMA writable_schema = ON;");
            migrationBuilder.Sql("""
                UPDATE "sqlite_schema" SET "sql" = replace("sql", '"SubscriberId" BLOB NOT NULL', '"SubscriberId" BLOB NULL')
                WHERE "type" = 'table' AND "name" = 'PrivacyRequests';
                """);
            migrationBuilder.Sql("PRAGMA writable_schema = RESET;");

            migrationBuilder.CreateTable(
                name: "UnrecordedNumbers",
                columns: table => new
                {
                    RequestId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    WrappedKey = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PhoneSealed = table.Column<byte[]>(type: "BLOB", nullable: false),
                    PhoneHash = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    Region = table.Column<string>(type: "TEXT", maxLength: 3, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    SearchedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnrecordedNumbers", x => x.RequestId);
                    table.ForeignKey(
                        name: "FK_UnrecordedNumbers_PrivacyRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "PrivacyRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UnrecordedNumbers_PhoneHash",
                table: "UnrecordedNumbers",
                column: "PhoneHash");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UnrecordedNumbers");

            migrationBuilder.AlterColumn<byte[]>(
                name: "SubscriberId",
                table: "PrivacyRequests",
                type: "BLOB",
                nullable: false,
                defaultValue: new byte[0],
                oldClrType: typeof(byte[]),
                oldType: "BLOB",
                oldNullable: true);
        }
    }
}
