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
DECLARE @now datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose13 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @now14 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose15 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @now16 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purpose150 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @language nvarchar(8) = N'en';
DECLARE @before int = 3;
DECLARE @since20 datetimeoffset = '2026-10-25T17:00:00.0000000+00:00';
DECLARE @since21 datetimeoffset = '2026-08-26T17:00:00.0000000+00:00';
DECLARE @amount float = 25.0E0;
DECLARE @times int = 2;
DECLARE @id int = 1;
DECLARE @capitals nvarchar(400) = N'GOLD';
DECLARE @id27 int = 1;
DECLARE @capitals29 nvarchar(400) = N'ÉTÉ';
DECLARE @id30 int = 2;
DECLARE @value float = 100.5E0;
DECLARE @id32 int = 3;
DECLARE @from datetimeoffset = '2026-01-31T00:00:00.0000000+00:00';
DECLARE @id34 int = 4;
DECLARE @value35 float = 1.0E0;
DECLARE @list uniqueIdentifier = '0193a000-0000-7000-8000-000000000002';

SELECT [s].[Id]
FROM [Subscribers] AS [s]
WHERE [s].[ErasedAt] IS NULL AND [s].[MergedIntoId] IS NULL AND [s].[Region] IS NOT NULL AND [s].[Region] IN (@values1, @values2) AND [s].[DeclaredRegion] IS NOT NULL AND [s].[DeclaredRegion] = @country AND [s].[DeclaredState] IS NOT NULL AND [s].[DeclaredState] = @state AND [s].[Language] IS NOT NULL AND [s].[Language] = @values31 AND [s].[Source] = @values41 AND [s].[LineType] = @values51 AND ([s].[Frequency] = @values61 OR [s].[CreatedAt] >= @since OR [s].[LastTextAt] IS NULL OR [s].[LastTextAt] < @since8) AND [s].[Id] NOT IN (
    SELECT [c].[SubscriberId]
    FROM [ConsentRecords] AS [c]
    WHERE [c].[PurposeId] = @purpose AND [c].[Status] = @status
) AND [s].[Id] NOT IN (
    SELECT [c0].[SubscriberId]
    FROM [ConsentRecords] AS [c0]
    WHERE [c0].[PurposeId] = @purpose11 AND ([c0].[Status] = 4 OR ([c0].[Status] = 2 AND [c0].[ExpiresAt] <= @now))
) AND [s].[Id] IN (
    SELECT [c1].[SubscriberId]
    FROM [ConsentRecords] AS [c1]
    WHERE [c1].[PurposeId] = @purpose13 AND [c1].[Status] = 2 AND ([c1].[ExpiresAt] IS NULL OR [c1].[ExpiresAt] > @now14)
) AND [s].[Id] IN (
    SELECT [c2].[SubscriberId]
    FROM [ConsentRecords] AS [c2]
    WHERE [c2].[PurposeId] = @purpose15 AND [c2].[Status] = 2 AND ([c2].[ExpiresAt] IS NULL OR [c2].[ExpiresAt] > @now16) AND [c2].[WordingId] IN (
        SELECT [w].[Id]
        FROM [Wordings] AS [w]
        WHERE [w].[PurposeId] = @purpose150 AND [w].[Language] = @language AND [w].[Version] < @before
    )
) AND [s].[Id] IN (
    SELECT [s0].[SubscriberId]
    FROM [SubscriberFacts] AS [s0]
    WHERE [s0].[Kind] = 1 AND [s0].[At] >= @since20
) AND [s].[Id] IN (
    SELECT [s1].[SubscriberId]
    FROM [SubscriberFacts] AS [s1]
    WHERE [s1].[Kind] = 1 AND [s1].[At] >= @since21 AND [s1].[Amount] >= @amount
    GROUP BY [s1].[SubscriberId]
    HAVING COUNT(*) >= @times
) AND [s].[Id] IN (
    SELECT [s2].[SubscriberId]
    FROM [SubscriberAttributes] AS [s2]
    WHERE [s2].[AttributeId] = @id AND UPPER([s2].[Text] COLLATE Latin1_General_100_BIN2) = @capitals
) AND [s].[Id] IN (
    SELECT [s3].[SubscriberId]
    FROM [SubscriberAttributes] AS [s3]
    WHERE [s3].[AttributeId] = @id27 AND [s3].[Text] IS NOT NULL AND UPPER([s3].[Text] COLLATE Latin1_General_100_BIN2) <> @capitals29
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
    WHERE [s6].[AttributeId] = @id34 AND [s6].[Number] = @value35
) AND [s].[Id] IN (
    SELECT [s7].[SubscriberId]
    FROM [SegmentMembers] AS [s7]
    WHERE [s7].[SegmentId] = @list
)
