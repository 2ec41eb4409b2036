using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ProviderVerdictsAndTemplates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ProviderVerdicts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PhoneHash = table.Column<byte[]>(type: "BLOB", maxLength: 16, nullable: false),
                    Sender = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Word = table.Column<int>(type: "INTEGER", nullable: false),
                    Evidence = table.Column<int>(type: "INTEGER", nullable: false),
                    Code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    SaidAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    PurposeId = table.Column<byte[]>(type: "BLOB", nullable: true),
                    Difference = table.Column<int>(type: "INTEGER", nullable: false),
                    DiffersSince = table.Column<long>(type: "INTEGER", nullable: true),
                    IsExplained = table.Column<bool>(type: "INTEGER", nullable: false),
                    ExplainedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExplainedById = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Explanation = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderVerdicts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TextTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    PurposeId = table.Column<byte[]>(type: "BLOB", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RetiredAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextTemplates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TextTemplates_Purposes_PurposeId",
                        column: x => x.PurposeId,
                        principalTable: "Purposes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "TextTemplateVersions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    TemplateId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Json = table.Column<string>(type: "TEXT", nullable: false),
                    WriterIds = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    WrittenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Confirmed = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    DecidedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TextTemplateVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TextTemplateVersions_TextTemplates_TemplateId",
                        column: x => x.TemplateId,
                        principalTable: "TextTemplates",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderVerdicts_Difference_IsExplained_Id",
                table: "ProviderVerdicts",
                columns: new[] { "Difference", "IsExplained", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProviderVerdicts_PhoneHash_Sender",
                table: "ProviderVerdicts",
                columns: new[] { "PhoneHash", "Sender" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TextTemplates_Name",
                table: "TextTemplates",
                column: "Name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TextTemplates_PurposeId",
                table: "TextTemplates",
                column: "PurposeId");

            migrationBuilder.CreateIndex(
                name: "IX_TextTemplateVersions_TemplateId_Number",
                table: "TextTemplateVersions",
                columns: new[] { "TemplateId", "Number" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ProviderVerdicts");

            migrationBuilder.DropTable(
                name: "TextTemplateVersions");

            migrationBuilder.DropTable(
                name: "TextTemplates");
        }
    }
}
