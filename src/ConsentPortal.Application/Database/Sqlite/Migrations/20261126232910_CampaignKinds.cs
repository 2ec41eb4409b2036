using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CampaignKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AgreedAudience",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AnswerDays",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DriftPercent",
                table: "Campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 25);

            migrationBuilder.AddColumn<int>(
                name: "HeldAudience",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "IdleDays",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextRunAt",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RepeatDays",
                table: "Campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "RepeatEvery",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RepeatTimes",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "RepeatUntil",
                table: "Campaigns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RepeatZone",
                table: "Campaigns",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RunNumber",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "RunsMade",
                table: "Campaigns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            // With the key in the column itself. A key that is added later makes the table anew, which SQLite can't do inside the migration's transaction:
            // a first start that was killed meanwhile would have left half of it.
            migrationBuilder.Sql("""ALTER TABLE "Campaigns" ADD COLUMN "SeriesId" BLOB NULL CONSTRAINT "FK_Campaigns_Campaigns_SeriesId" REFERENCES "Campaigns" ("Id") ON DELETE RESTRICT;""");

            migrationBuilder.AddColumn<int>(
                name: "WhenSilent",
                table: "Campaigns",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ReengagementAnswers",
                columns: table => new
                {
                    CampaignId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    SubscriberId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Result = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReengagementAnswers", x => new { x.CampaignId, x.SubscriberId });
                    table.ForeignKey(
                        name: "FK_ReengagementAnswers_Campaigns_CampaignId",
                        column: x => x.CampaignId,
                        principalTable: "Campaigns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReengagementAnswers_Subscribers_SubscriberId",
                        column: x => x.SubscriberId,
                        principalTable: "Subscribers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StaffCodes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PhoneHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    CodeHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffCodes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffCodes_AspNetUsers_StaffId",
                        column: x => x.StaffId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StaffNumbers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    StaffId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PhoneHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    WrappedKey = table.Column<byte[]>(type: "BLOB", maxLength: 100, nullable: false),
                    PhoneSealed = table.Column<byte[]>(type: "BLOB", maxLength: 100, nullable: false),
                    Region = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    VerifiedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffNumbers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffNumbers_AspNetUsers_StaffId",
                        column: x => x.StaffId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StaffTexts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StaffNumberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    SentById = table.Column<Guid>(type: "TEXT", nullable: false),
                    CampaignId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Variant = table.Column<char>(type: "TEXT", nullable: true),
                    ClientRef = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    FinalAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ProviderMessageId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ErrorCode = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    Parts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffTexts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_StaffTexts_StaffNumbers_StaffNumberId",
                        column: x => x.StaffNumberId,
                        principalTable: "StaffNumbers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Campaigns_SeriesId_RunNumber",
                table: "Campaigns",
                columns: new[] { "SeriesId", "RunNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReengagementAnswers_SubscriberId",
                table: "ReengagementAnswers",
                column: "SubscriberId");

            migrationBuilder.CreateIndex(
                name: "IX_StaffCodes_PhoneHash_CreatedAt",
                table: "StaffCodes",
                columns: new[] { "PhoneHash", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StaffCodes_StaffId_CreatedAt",
                table: "StaffCodes",
                columns: new[] { "StaffId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StaffNumbers_StaffId",
                table: "StaffNumbers",
                column: "StaffId");

            migrationBuilder.CreateIndex(
                name: "IX_StaffTexts_ClientRef",
                table: "StaffTexts",
                column: "ClientRef",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_StaffTexts_ProviderMessageId",
                table: "StaffTexts",
                column: "ProviderMessageId");

            migrationBuilder.CreateIndex(
                name: "IX_StaffTexts_SentById_SentAt",
                table: "StaffTexts",
                columns: new[] { "SentById", "SentAt" });

            migrationBuilder.CreateIndex(
                name: "IX_StaffTexts_StaffNumberId",
                table: "StaffTexts",
                column: "StaffNumberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Campaigns_Campaigns_SeriesId",
                table: "Campaigns");

            migrationBuilder.DropTable(
                name: "ReengagementAnswers");

            migrationBuilder.DropTable(
                name: "StaffCodes");

            migrationBuilder.DropTable(
                name: "StaffTexts");

            migrationBuilder.DropTable(
                name: "StaffNumbers");

            migrationBuilder.DropIndex(
                name: "IX_Campaigns_SeriesId_RunNumber",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "AgreedAudience",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "AnswerDays",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "DriftPercent",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "HeldAudience",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "IdleDays",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "NextRunAt",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RepeatDays",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RepeatEvery",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RepeatTimes",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RepeatUntil",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RepeatZone",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RunNumber",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "RunsMade",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "SeriesId",
                table: "Campaigns");

            migrationBuilder.DropColumn(
                name: "WhenSilent",
                table: "Campaigns");
        }
    }
}
