using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class SettleDoubtsAndListPrices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ListPrices",
                columns: table => new
                {
                    Country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false),
                    Euro = table.Column<decimal>(type: "decimal(12,6)", precision: 12, scale: 6, nullable: false),
                    SetAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    SetById = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListPrices", x => x.Country);
                });

            migrationBuilder.CreateTable(
                name: "TextDoubts",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "bigint", nullable: false),
                    Cause = table.Column<int>(type: "int", nullable: true),
                    Looks = table.Column<int>(type: "int", nullable: false),
                    NotThere = table.Column<int>(type: "int", nullable: false),
                    LookedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Unanswered = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    SettledAs = table.Column<int>(type: "int", nullable: true),
                    SettledAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    SettledById = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Grounds = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextDoubts", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_TextDoubts_OutboundMessages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "OutboundMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TextDoubts_SettledAt_MessageId",
                table: "TextDoubts",
                columns: new[] { "SettledAt", "MessageId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ListPrices");

            migrationBuilder.DropTable(
                name: "TextDoubts");
        }
    }
}
