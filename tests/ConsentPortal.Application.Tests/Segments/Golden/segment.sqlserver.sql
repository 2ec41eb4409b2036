DECLARE @values1 nvarchar(3) = N'US';
DECLARE @values2 nvarchar(3) = N'CA';
DECLARE @country nvarchar(3) = N'US';
DECLARE @state nvarchar(8) = N'FL';
DECLARE @values31 nvarchar(8) = N'en';
DECLARE @values41 nvarchar(60) = N'Web form';
DECLARE @values51 int = 1;
DECLARE @values61 int = 2;
DECLARE @since datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @since8 datetimeoffset = '2026-11-21T17:00:00.0000000+00:00';
DECLARE @purpose uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @status int = 3;
DECLARE @purpose11 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose13 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at14 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose15 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at16 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose17 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @language nvarchar(8) = N'en';
DECLARE @before int = 3;
DECLARE @kind int = 1;
DECLARE @first datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @kind22 int = 1;
DECLARE @first23 datetimeoffset = '2026-08-26T17:00:00.0000000+00:00';
DECLARE @amount float = 25.0E0;
DECLARE @times int = 2;
DECLARE @id int = 1;
DECLARE @folded nvarchar(400) = N'GOLD';
DECLARE @id28 int = 1;
DECLARE @folded29 nvarchar(400) = N'ÉTÉ';
DECLARE @id30 int = 2;
DECLARE @value float = 100.5E0;
DECLARE @id32 int = 3;
DECLARE @from datetimeoffset = '2026-01-31T00:00:00.0000000+00:00';
DECLARE @id34 int = 3;
DECLARE @start datetimeoffset = '2026-11-24T00:00:00.0000000+00:00';
DECLARE @over datetimeoffset = '2026-12-02T00:00:00.0000000+00:00';
DECLARE @id37 int = 3;
DECLARE @over38 datetimeoffset = '2026-08-26T00:00:00.0000000+00:00';
DECLARE @id39 int = 5;
DECLARE @sought_contains nvarchar(400) = N'%;RED;%';
DECLARE @sought41_contains nvarchar(400) = N'%;ÉTÉ;%';
DECLARE @id42 int = 5;
DECLARE @sought43_contains nvarchar(400) = N'%;GREEN;%';
DECLARE @sought44_contains nvarchar(400) = N'%;GREY;%';
DECLARE @values451 nvarchar(64) = N'America/New_York';
DECLARE @values452 nvarchar(64) = N'Europe/Paris';
DECLARE @id46 int = 4;
DECLARE @value47 float = 1.0E0;
DECLARE @list uniqueIdentifier = '0193a000-0000-7000-8000-000000000002';
DECLARE @first49 datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @campaign uniqueIdentifier = '0193a000-0000-7000-8000-000000000003';
DECLARE @first51 datetimeoffset = '2026-01-01T05:00:00.0000000+00:00';
DECLARE @end datetimeoffset = '2026-02-01T05:00:00.0000000+00:00';
DECLARE @kind53 int = 3;
DECLARE @first54 datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @kind55 int = 3;
DECLARE @campaign56 uniqueIdentifier = '0193a000-0000-7000-8000-000000000003';
DECLARE @kind57 int = 4;
DECLARE @kind58 int = 4;
DECLARE @first59 datetimeoffset = '2026-08-26T17:00:00.0000000+00:00';
DECLARE @times60 int = 2;
DECLARE @first61 datetimeoffset = '2026-08-26T17:00:00.0000000+00:00';
DECLARE @end62 datetimeoffset = '9999-12-31T23:59:59.9999999+00:00';
DECLARE @first63 datetimeoffset = '2026-01-01T05:00:00.0000000+00:00';
DECLARE @end64 datetimeoffset = '9999-12-31T23:59:59.9999999+00:00';
DECLARE @kind65 int = 1;
DECLARE @purpose66 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at67 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @since68 datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @purpose69 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at70 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @since71 datetimeoffset = '2025-11-24T17:00:00.0000000+00:00';
DECLARE @values721 nvarchar(8) = N'fr';
DECLARE @factor bigint = CAST(1196551413 AS bigint);
DECLARE @shift bigint = CAST(1887023944 AS bigint);
DECLARE @before75 bigint = CAST(214748364 AS bigint);
DECLARE @factor76 bigint = CAST(1196551413 AS bigint);
DECLARE @shift77 bigint = CAST(1887023944 AS bigint);
DECLARE @from78 bigint = CAST(214748364 AS bigint);
DECLARE @before81 bigint = CAST(644245094 AS bigint);
DECLARE @first82 datetimeoffset = '2026-01-01T05:00:00.0000000+00:00';
DECLARE @end83 datetimeoffset = '9999-12-31T23:59:59.9999999+00:00';
DECLARE @first84 datetimeoffset = '2026-01-01T05:00:00.0000000+00:00';
DECLARE @end85 datetimeoffset = '2026-02-01T05:00:00.0000000+00:00';
DECLARE @purpose86 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at87 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @first88 datetimeoffset = '0001-01-01T00:00:00.0000000+00:00';
DECLARE @end89 datetimeoffset = '2026-02-01T05:00:00.0000000+00:00';
DECLARE @purpose90 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at91 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @first92 datetimeoffset = '2026-01-01T05:00:00.0000000+00:00';
DECLARE @end93 datetimeoffset = '9999-12-31T23:59:59.9999999+00:00';
DECLARE @id94 int = 3;
DECLARE @id97 int = 4;

SELECT [s].[Id]
FROM [Subscribers] AS [s]
WHERE [s].[ErasedAt] IS NULL AND [s].[MergedIntoId] IS NULL AND [s].[Region] IN (@values1, @values2) AND [s].[DeclaredRegion] = @country AND [s].[DeclaredState] = @state AND [s].[Language] = @values31 AND [s].[Source] = @values41 AND [s].[LineType] = @values51 AND ([s].[Frequency] = @values61 OR [s].[CreatedAt] >= @since OR [s].[LastTextAt] IS NULL OR [s].[LastTextAt] < @since8) AND [s].[Id] NOT IN (
    SELECT [c].[SubscriberId]
    FROM [ConsentRecords] AS [c]
    WHERE [c].[PurposeId] = @purpose AND [c].[Status] = @status
) AND [s].[Id] NOT IN (
    SELECT [c0].[SubscriberId]
    FROM [ConsentRecords] AS [c0]
    WHERE [c0].[PurposeId] = @purpose11 AND ([c0].[Status] = 4 OR ([c0].[Status] = 2 AND [c0].[ExpiresAt] <= @at))
) AND [s].[Id] IN (
    SELECT [c1].[SubscriberId]
    FROM [ConsentRecords] AS [c1]
    WHERE [c1].[PurposeId] = @purpose13 AND [c1].[Status] = 2 AND ([c1].[ExpiresAt] IS NULL OR [c1].[ExpiresAt] > @at14)
) AND [s].[Id] IN (
    SELECT [c2].[SubscriberId]
    FROM [ConsentRecords] AS [c2]
    WHERE [c2].[PurposeId] = @purpose15 AND [c2].[Status] = 2 AND ([c2].[ExpiresAt] IS NULL OR [c2].[ExpiresAt] > @at16) AND [c2].[WordingId] IN (
        SELECT [w].[Id]
        FROM [Wordings] AS [w]
        WHERE [w].[PurposeId] = @purpose17 AND [w].[Language] = @language AND [w].[Version] < @before
    )
) AND [s].[Id] IN (
    SELECT [s0].[SubscriberId]
    FROM [SubscriberFacts] AS [s0]
    WHERE [s0].[Kind] = @kind AND [s0].[At] >= @first
) AND [s].[Id] IN (
    SELECT [s1].[SubscriberId]
    FROM [SubscriberFacts] AS [s1]
    WHERE [s1].[Kind] = @kind22 AND [s1].[At] >= @first23 AND [s1].[Amount] >= @amount
    GROUP BY [s1].[SubscriberId]
    HAVING COUNT(*) >= @times
) AND [s].[Id] IN (
    SELECT [s2].[SubscriberId]
    FROM [SubscriberAttributes] AS [s2]
    WHERE [s2].[AttributeId] = @id AND [s2].[FoldedText] = @folded
) AND [s].[Id] IN (
    SELECT [s3].[SubscriberId]
    FROM [SubscriberAttributes] AS [s3]
    WHERE [s3].[AttributeId] = @id28 AND [s3].[FoldedText] IS NOT NULL AND [s3].[FoldedText] <> @folded29
) AND [s].[Id] IN (
    SELECT [s4].[SubscriberId]
    FROM [SubscriberAttributes] AS [s4]
    WHERE [s4].[AttributeId] = @id30 AND [s4].[Number] >= @value
) AND [s].[Id] IN (
    SELECT [s5].[SubscriberId]
    FROM [SubscriberAttributes] AS [s5]
    WHERE [s5].[AttributeId] = @id32 AND [s5].[Date] < @from
) AND [s].[Id] IN (
    SELECT [s6].[SubscriberId]
    FROM [SubscriberAttributes] AS [s6]
    WHERE [s6].[AttributeId] = @id34 AND [s6].[Date] >= @start AND [s6].[Date] < @over
) AND [s].[Id] IN (
    SELECT [s7].[SubscriberId]
    FROM [SubscriberAttributes] AS [s7]
    WHERE [s7].[AttributeId] = @id37 AND [s7].[Date] < @over38
) AND [s].[Id] IN (
    SELECT [s8].[SubscriberId]
    FROM [SubscriberAttributes] AS [s8]
    WHERE [s8].[AttributeId] = @id39 AND [s8].[FoldedText] IS NOT NULL AND ([s8].[FoldedText] LIKE @sought_contains ESCAPE N'\' OR [s8].[FoldedText] LIKE @sought41_contains ESCAPE N'\')
) AND [s].[Id] IN (
    SELECT [s9].[SubscriberId]
    FROM [SubscriberAttributes] AS [s9]
    WHERE [s9].[AttributeId] = @id42 AND [s9].[FoldedText] IS NOT NULL AND [s9].[FoldedText] NOT LIKE @sought43_contains ESCAPE N'\' AND [s9].[FoldedText] NOT LIKE @sought44_contains ESCAPE N'\'
) AND [s].[DeclaredZone] IN (@values451, @values452) AND [s].[Id] IN (
    SELECT [s10].[SubscriberId]
    FROM [SubscriberAttributes] AS [s10]
    WHERE [s10].[AttributeId] = @id46 AND [s10].[Number] = @value47
) AND [s].[Id] IN (
    SELECT [s11].[SubscriberId]
    FROM [SegmentMembers] AS [s11]
    WHERE [s11].[SegmentId] = @list
) AND [s].[Id] IN (
    SELECT [o].[SubscriberId]
    FROM [OutboundMessages] AS [o]
    WHERE [o].[Kind] = 1 AND [o].[SentAt] IS NOT NULL AND [o].[State] <> 1 AND [o].[State] <> 2 AND [o].[State] <> 8 AND [o].[SentAt] >= @first49
) AND [s].[Id] NOT IN (
    SELECT [o0].[SubscriberId]
    FROM [OutboundMessages] AS [o0]
    WHERE [o0].[Kind] = 1 AND [o0].[SentAt] IS NOT NULL AND [o0].[State] <> 1 AND [o0].[State] <> 2 AND [o0].[State] <> 8 AND [o0].[CampaignId] = @campaign AND [o0].[SentAt] >= @first51 AND [o0].[SentAt] < @end
) AND [s].[Id] IN (
    SELECT [s12].[SubscriberId]
    FROM [SubscriberFacts] AS [s12]
    WHERE [s12].[Kind] = @kind53 AND [s12].[At] >= @first54
) AND [s].[Id] NOT IN (
    SELECT [s13].[SubscriberId]
    FROM [SubscriberFacts] AS [s13]
    WHERE [s13].[Kind] = @kind55 AND [s13].[CampaignId] = @campaign56
) AND [s].[Id] IN (
    SELECT [s14].[SubscriberId]
    FROM [SubscriberFacts] AS [s14]
    WHERE [s14].[Kind] = @kind57
) AND [s].[Id] NOT IN (
    SELECT [s15].[SubscriberId]
    FROM [SubscriberFacts] AS [s15]
    WHERE [s15].[Kind] = @kind58 AND [s15].[At] >= @first59
    GROUP BY [s15].[SubscriberId]
    HAVING COUNT(*) >= @times60
) AND [s].[LastEngagedAt] IS NOT NULL AND [s].[LastEngagedAt] >= @first61 AND [s].[LastEngagedAt] < @end62 AND ([s].[LastEngagedAt] < @first63 OR [s].[LastEngagedAt] >= @end64) AND [s].[Id] NOT IN (
    SELECT [s16].[SubscriberId]
    FROM [SubscriberFacts] AS [s16]
    WHERE [s16].[Kind] = @kind65
) AND [s].[Id] IN (
    SELECT [c3].[SubscriberId]
    FROM [ConsentRecords] AS [c3]
    WHERE [c3].[PurposeId] = @purpose66 AND [c3].[Status] = 2 AND ([c3].[ExpiresAt] IS NULL OR [c3].[ExpiresAt] > @at67) AND [c3].[GrantedAt] >= @since68
) AND [s].[Id] IN (
    SELECT [c4].[SubscriberId]
    FROM [ConsentRecords] AS [c4]
    WHERE [c4].[PurposeId] = @purpose69 AND [c4].[Status] = 2 AND ([c4].[ExpiresAt] IS NULL OR [c4].[ExpiresAt] > @at70) AND [c4].[GrantedAt] < @since71
) AND ([s].[Language] <> @values721 OR [s].[Language] IS NULL) AND (CAST([s].[Lot] AS bigint) * @factor + @shift) % CAST(2147483647 AS bigint) < @before75 AND (CAST([s].[Lot] AS bigint) * @factor76 + @shift77) % CAST(2147483647 AS bigint) >= @from78 AND (CAST([s].[Lot] AS bigint) * @factor76 + @shift77) % CAST(2147483647 AS bigint) < @before81 AND [s].[CreatedAt] >= @first82 AND [s].[CreatedAt] < @end83 AND ([s].[CreatedAt] < @first84 OR [s].[CreatedAt] >= @end85) AND [s].[Id] IN (
    SELECT [c5].[SubscriberId]
    FROM [ConsentRecords] AS [c5]
    WHERE [c5].[PurposeId] = @purpose86 AND [c5].[Status] = 2 AND ([c5].[ExpiresAt] IS NULL OR [c5].[ExpiresAt] > @at87) AND [c5].[GrantedAt] >= @first88 AND [c5].[GrantedAt] < @end89
) AND [s].[Id] IN (
    SELECT [c6].[SubscriberId]
    FROM [ConsentRecords] AS [c6]
    WHERE [c6].[PurposeId] = @purpose90 AND [c6].[Status] = 2 AND ([c6].[ExpiresAt] IS NULL OR [c6].[ExpiresAt] > @at91) AND ([c6].[GrantedAt] < @first92 OR [c6].[GrantedAt] >= @end93)
) AND [s].[Id] IN (
    SELECT [s17].[SubscriberId]
    FROM [SubscriberAttributes] AS [s17]
    WHERE [s17].[AttributeId] = @id94 AND [s17].[FoldedText] IS NOT NULL
    UNION ALL
    SELECT [s18].[SubscriberId]
    FROM [SubscriberAttributes] AS [s18]
    WHERE [s18].[AttributeId] = @id94 AND [s18].[Number] IS NOT NULL
    UNION ALL
    SELECT [s19].[SubscriberId]
    FROM [SubscriberAttributes] AS [s19]
    WHERE [s19].[AttributeId] = @id94 AND [s19].[Date] IS NOT NULL
) AND [s].[Id] NOT IN (
    SELECT [s20].[SubscriberId]
    FROM [SubscriberAttributes] AS [s20]
    WHERE [s20].[AttributeId] = @id97 AND [s20].[FoldedText] IS NOT NULL
    UNION ALL
    SELECT [s21].[SubscriberId]
    FROM [SubscriberAttributes] AS [s21]
    WHERE [s21].[AttributeId] = @id97 AND [s21].[Number] IS NOT NULL
    UNION ALL
    SELECT [s22].[SubscriberId]
    FROM [SubscriberAttributes] AS [s22]
    WHERE [s22].[AttributeId] = @id97 AND [s22].[Date] IS NOT NULL
)
