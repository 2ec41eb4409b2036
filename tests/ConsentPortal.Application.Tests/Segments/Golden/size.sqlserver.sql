-- of people
DECLARE @p int = 1;
DECLARE @kind int = 1;
DECLARE @first datetimeoffset = '2026-08-26T17:00:00.0000000+00:00';
DECLARE @values1 nvarchar(3) = N'US';

SELECT TOP(@p) (
    SELECT COUNT(*)
    FROM (
        SELECT DISTINCT [s0].[SubscriberId]
        FROM [SubscriberFacts] AS [s0]
        WHERE [s0].[Kind] = @kind AND [s0].[At] >= @first
    ) AS [s2]
    INNER JOIN (
        SELECT [s1].[Id], [s1].[Region]
        FROM [Subscribers] AS [s1]
        WHERE [s1].[ErasedAt] IS NULL AND [s1].[MergedIntoId] IS NULL
    ) AS [s3] ON [s2].[SubscriberId] = [s3].[Id]
    WHERE [s3].[Region] = @values1)
FROM [Subscribers] AS [s]
ORDER BY [s].[Id]

-- of a set
DECLARE @p int = 1;
DECLARE @purpose uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @at datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';

SELECT TOP(@p) (
    SELECT COUNT(*)
    FROM [ConsentRecords] AS [c]
    WHERE [c].[PurposeId] = @purpose AND [c].[Status] = 2 AND ([c].[ExpiresAt] IS NULL OR [c].[ExpiresAt] > @at)) - (
    SELECT COUNT(*)
    FROM [ConsentRecords] AS [c0]
    WHERE [c0].[PurposeId] = @purpose AND [c0].[Status] = 2 AND ([c0].[ExpiresAt] IS NULL OR [c0].[ExpiresAt] > @at) AND [c0].[SubscriberId] IN (
        SELECT [s0].[Id]
        FROM [Subscribers] AS [s0]
        WHERE [s0].[ErasedAt] IS NOT NULL
        UNION ALL
        SELECT [s1].[Id]
        FROM [Subscribers] AS [s1]
        WHERE [s1].[MergedIntoId] IS NOT NULL
    ))
FROM [Subscribers] AS [s]
ORDER BY [s].[Id]

-- of a set of the living
DECLARE @p int = 1;
DECLARE @id int = 1;
DECLARE @folded nvarchar(400) = N'GOLD';

SELECT TOP(@p) (
    SELECT COUNT(*)
    FROM [SubscriberAttributes] AS [s0]
    WHERE [s0].[AttributeId] = @id AND [s0].[FoldedText] = @folded)
FROM [Subscribers] AS [s]
ORDER BY [s].[Id]

-- outside a set
DECLARE @p int = 1;
DECLARE @kind int = 1;
DECLARE @first datetimeoffset = '2025-11-24T17:00:00.0000000+00:00';
DECLARE @times int = 2;
DECLARE @times6 int = 2;

SELECT TOP(@p) (
    SELECT COUNT(*)
    FROM [Subscribers] AS [s0]
    WHERE [s0].[ErasedAt] IS NULL AND [s0].[MergedIntoId] IS NULL) - ((
    SELECT COUNT(*)
    FROM (
        SELECT 1 AS empty
        FROM [SubscriberFacts] AS [s1]
        WHERE [s1].[Kind] = @kind AND [s1].[At] >= @first
        GROUP BY [s1].[SubscriberId]
        HAVING COUNT(*) >= @times
    ) AS [s2]) - (
    SELECT COUNT(*)
    FROM (
        SELECT 1 AS empty
        FROM [SubscriberFacts] AS [s3]
        WHERE [s3].[Kind] = @kind AND [s3].[At] >= @first AND [s3].[SubscriberId] IN (
            SELECT [s4].[Id]
            FROM [Subscribers] AS [s4]
            WHERE [s4].[ErasedAt] IS NOT NULL
            UNION ALL
            SELECT [s5].[Id]
            FROM [Subscribers] AS [s5]
            WHERE [s5].[MergedIntoId] IS NOT NULL
        )
        GROUP BY [s3].[SubscriberId]
        HAVING COUNT(*) >= @times6
    ) AS [s6]))
FROM [Subscribers] AS [s]
ORDER BY [s].[Id]
