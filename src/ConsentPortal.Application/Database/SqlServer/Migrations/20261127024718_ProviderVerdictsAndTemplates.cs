using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ConsentPortal.Application.Database.SqlServer.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    PhoneHash = table.Column<byte[]>(type: "varbinary(16)", maxLength: 16, nullable: false),
                    Sender = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false),
                    Word = table.Column<int>(type: "int", nullable: false),
                    Evidence = table.Column<int>(type: "int", nullable: false),
                    Code = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    SaidAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RecordedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    MessageId = table.Column<long>(type: "bigint", nullable: true),
                    PurposeId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Difference = table.Column<int>(type: "int", nullable: false),
                    DiffersSince = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    IsExplained = table.Column<bool>(type: "bit", nullable: false),
                    ExplainedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ExplainedById = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    Explanation = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProviderVerdicts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "TextTemplates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    PurposeId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    RetiredAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    TemplateId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Number = table.Column<int>(type: "int", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Json = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    WriterIds = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    WrittenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Confirmed = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true),
                    DecidedById = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    DecidedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Comment = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true)
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
