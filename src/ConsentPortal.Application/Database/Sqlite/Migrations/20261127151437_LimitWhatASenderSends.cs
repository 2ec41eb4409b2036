using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LimitWhatASenderSends : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NetworkCode",
                table: "Subscribers",
                type: "TEXT",
                maxLength: 6,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SendingLimits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Carrier = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Country = table.Column<string>(type: "TEXT", maxLength: 2, nullable: true),
                    Networks = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    PartsPerMinute = table.Column<int>(type: "INTEGER", nullable: true),
                    PartsPerDay = table.Column<int>(type: "INTEGER", nullable: true),
                    Zone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    NextPartAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    PartsOfDay = table.Column<int>(type: "INTEGER", nullable: false),
                    HeldUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    IsEntered = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendingLimits", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SendingLimits_Sender",
                table: "SendingLimits",
                column: "Sender");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SendingLimits");

            migrationBuilder.DropColumn(
                name: "NetworkCode",
                table: "Subscribers");
        }
    }
}
