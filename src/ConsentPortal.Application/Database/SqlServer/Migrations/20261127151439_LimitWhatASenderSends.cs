using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
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
                type: "nvarchar(6)",
                maxLength: 6,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SendingLimits",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Sender = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Carrier = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true),
                    Country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: true),
                    Networks = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    PartsPerMinute = table.Column<int>(type: "int", nullable: true),
                    PartsPerDay = table.Column<int>(type: "int", nullable: true),
                    Zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    NextPartAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Day = table.Column<DateOnly>(type: "date", nullable: true),
                    PartsOfDay = table.Column<int>(type: "int", nullable: false),
                    HeldUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    IsEntered = table.Column<bool>(type: "bit", nullable: false)
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
