using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class LetPrivacyRequestsPauseAndWrite : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "AssigneeId",
                table: "PrivacyRequests",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ClockHistory",
                table: "PrivacyRequests",
                type: "nvarchar(1000)",
                maxLength: 1000,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "NumberProvenAt",
                table: "PrivacyRequests",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PausedOn",
                table: "PrivacyRequests",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "PrivacyRequestLetters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    RequestId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    SubscriberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Language = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: false),
                    TextSealed = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    WrittenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    WrittenBy = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: false),
                    SentOn = table.Column<DateOnly>(type: "date", nullable: true),
                    SentBy = table.Column<string>(type: "nvarchar(120)", maxLength: 120, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PrivacyRequestLetters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PrivacyRequestLetters_PrivacyRequests_RequestId",
                        column: x => x.RequestId,
                        principalTable: "PrivacyRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_PrivacyRequestLetters_RequestId_Id",
                table: "PrivacyRequestLetters",
                columns: new[] { "RequestId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "PrivacyRequestLetters");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "PrivacyRequests");

            migrationBuilder.DropColumn(
                name: "ClockHistory",
                table: "PrivacyRequests");

            migrationBuilder.DropColumn(
                name: "NumberProvenAt",
                table: "PrivacyRequests");

            migrationBuilder.DropColumn(
                name: "PausedOn",
                table: "PrivacyRequests");
        }
    }
}
