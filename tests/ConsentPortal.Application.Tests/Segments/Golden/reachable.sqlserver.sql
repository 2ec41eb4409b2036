DECLARE @values1 nvarchar(3) = N'US';
DECLARE @purposeId uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @now datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @purposeId3 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @sender nvarchar(20) = N'+12025550111';
DECLARE @now5 datetimeoffset = '2026-11-24T17:00:00.0000000+00:00';
DECLARE @counted1 int = 3;
DECLARE @counted2 int = 4;
DECLARE @since datetimeoffset = '2026-11-23T17:00:00.0000000+00:00';
DECLARE @counted111 int = 3;
DECLARE @counted112 int = 4;
DECLARE @since12 datetimeoffset = '2026-11-17T17:00:00.0000000+00:00';
DECLARE @counted161 int = 3;
DECLARE @counted162 int = 4;
DECLARE @since17 datetimeoffset = '2026-11-10T17:00:00.0000000+00:00';
DECLARE @counted211 int = 3;
DECLARE @counted212 int = 4;
DECLARE @since22 datetimeoffset = '2026-11-01T11:59:59.9999999+00:00';
DECLARE @counted261 int = 3;
DECLARE @counted262 int = 4;
DECLARE @since27 datetimeoffset = '2026-11-17T17:00:00.0000000+00:00';
DECLARE @count int = 5;
DECLARE @others1 nvarchar(3) = N'AE';
DECLARE @others2 nvarchar(3) = N'AS';
DECLARE @others3 nvarchar(3) = N'AT';
DECLARE @others4 nvarchar(3) = N'AU';
DECLARE @others5 nvarchar(3) = N'AX';
DECLARE @others6 nvarchar(3) = N'BE';
DECLARE @others7 nvarchar(3) = N'BG';
DECLARE @others8 nvarchar(3) = N'BL';
DECLARE @others9 nvarchar(3) = N'BR';
DECLARE @others10 nvarchar(3) = N'CA';
DECLARE @others11 nvarchar(3) = N'CC';
DECLARE @others12 nvarchar(3) = N'CX';
DECLARE @others13 nvarchar(3) = N'CY';
DECLARE @others14 nvarchar(3) = N'CZ';
DECLARE @others15 nvarchar(3) = N'DE';
DECLARE @others16 nvarchar(3) = N'DK';
DECLARE @others17 nvarchar(3) = N'EE';
DECLARE @others18 nvarchar(3) = N'ES';
DECLARE @others19 nvarchar(3) = N'FI';
DECLARE @others20 nvarchar(3) = N'FR';
DECLARE @others21 nvarchar(3) = N'GB';
DECLARE @others22 nvarchar(3) = N'GF';
DECLARE @others23 nvarchar(3) = N'GG';
DECLARE @others24 nvarchar(3) = N'GP';
DECLARE @others25 nvarchar(3) = N'GR';
DECLARE @others26 nvarchar(3) = N'GU';
DECLARE @others27 nvarchar(3) = N'HR';
DECLARE @others28 nvarchar(3) = N'HU';
DECLARE @others29 nvarchar(3) = N'IE';
DECLARE @others30 nvarchar(3) = N'IM';
DECLARE @others31 nvarchar(3) = N'IN';
DECLARE @others32 nvarchar(3) = N'IS';
DECLARE @others33 nvarchar(3) = N'IT';
DECLARE @others34 nvarchar(3) = N'JE';
DECLARE @others35 nvarchar(3) = N'LI';
DECLARE @others36 nvarchar(3) = N'LT';
DECLARE @others37 nvarchar(3) = N'LU';
DECLARE @others38 nvarchar(3) = N'LV';
DECLARE @others39 nvarchar(3) = N'MF';
DECLARE @others40 nvarchar(3) = N'MP';
DECLARE @others41 nvarchar(3) = N'MQ';
DECLARE @others42 nvarchar(3) = N'MT';
DECLARE @others43 nvarchar(3) = N'NF';
DECLARE @others44 nvarchar(3) = N'NL';
DECLARE @others45 nvarchar(3) = N'NO';
DECLARE @others46 nvarchar(3) = N'PL';
DECLARE @others47 nvarchar(3) = N'PM';
DECLARE @others48 nvarchar(3) = N'PR';
DECLARE @others49 nvarchar(3) = N'PT';
DECLARE @others50 nvarchar(3) = N'RE';
DECLARE @others51 nvarchar(3) = N'RO';
DECLARE @others52 nvarchar(3) = N'SE';
DECLARE @others53 nvarchar(3) = N'SG';
DECLARE @others54 nvarchar(3) = N'SI';
DECLARE @others55 nvarchar(3) = N'SJ';
DECLARE @others56 nvarchar(3) = N'SK';
DECLARE @others57 nvarchar(3) = N'UM';
DECLARE @others58 nvarchar(3) = N'US';
DECLARE @others59 nvarchar(3) = N'VI';
DECLARE @others60 nvarchar(3) = N'YT';
DECLARE @counted341 int = 3;
DECLARE @counted342 int = 4;
DECLARE @since35 datetimeoffset = '2026-11-23T17:00:00.0000000+00:00';
DECLARE @count39 int = 3;
DECLARE @states1 nvarchar(8) = N'ME';
DECLARE @counted431 int = 4;
DECLARE @since44 datetimeoffset = '2026-11-24T09:00:00.0000000+00:00';
DECLARE @counted481 int = 3;
DECLARE @counted482 int = 4;
DECLARE @since49 datetimeoffset = '2026-10-24T20:00:00.0000000+00:00';
DECLARE @count53 int = 4;
DECLARE @purposeId54 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @wordings1 uniqueIdentifier = '0193a000-0000-7000-8000-000000000004';
DECLARE @counted561 int = 3;
DECLARE @counted562 int = 4;
DECLARE @since57 datetimeoffset = '2026-11-17T17:00:00.0000000+00:00';
DECLARE @count61 int = 2;

SELECT [s].[Id]
FROM [Subscribers] AS [s]
WHERE [s].[ErasedAt] IS NULL AND [s].[MergedIntoId] IS NULL AND [s].[Region] = @values1 AND [s].[Id] IN (
    SELECT [c].[SubscriberId]
    FROM [ConsentRecords] AS [c]
    WHERE [c].[PurposeId] = @purposeId AND [c].[Status] = 2 AND ([c].[ExpiresAt] IS NULL OR [c].[ExpiresAt] > @now)
) AND [s].[IsRestricted] = CAST(0 AS bit) AND [s].[NumberState] <> 2 AND [s].[NumberState] <> 3 AND NOT EXISTS (
    SELECT 1
    FROM [Suppressions] AS [s0]
    WHERE [s0].[LiftedAt] IS NULL AND ([s0].[Scope] IN (1, 2) OR ([s0].[Scope] = 3 AND [s0].[PurposeId] = @purposeId3) OR ([s0].[Scope] = 4 AND [s0].[Sender] = @sender)) AND [s0].[PhoneHash] = [s].[PhoneHash]) AND ([s].[PausedUntil] IS NULL OR [s].[PausedUntil] <= @now5) AND [s].[Frequency] <> 5 AND ([s].[Frequency] <> 1 OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o].[SubscriberId]
        FROM [OutboundMessages] AS [o]
        WHERE [o].[MessageClass] IN (@counted1, @counted2) AND [o].[SentAt] > @since
        UNION ALL
        SELECT [s1].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s1]
        CROSS JOIN [OutboundMessages] AS [o0]
        WHERE [s1].[MergedIntoId] IS NOT NULL AND [o0].[SubscriberId] = [s1].[Id] AND [o0].[MessageClass] IN (@counted1, @counted2) AND [o0].[SentAt] > @since
    ) AS [u]
    WHERE [u].[SubscriberId] = [s].[Id])) AND ([s].[Frequency] <> 2 OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o1].[SubscriberId]
        FROM [OutboundMessages] AS [o1]
        WHERE [o1].[MessageClass] IN (@counted111, @counted112) AND [o1].[SentAt] > @since12
        UNION ALL
        SELECT [s2].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s2]
        CROSS JOIN [OutboundMessages] AS [o2]
        WHERE [s2].[MergedIntoId] IS NOT NULL AND [o2].[SubscriberId] = [s2].[Id] AND [o2].[MessageClass] IN (@counted111, @counted112) AND [o2].[SentAt] > @since12
    ) AS [u0]
    WHERE [u0].[SubscriberId] = [s].[Id])) AND ([s].[Frequency] <> 3 OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o3].[SubscriberId]
        FROM [OutboundMessages] AS [o3]
        WHERE [o3].[MessageClass] IN (@counted161, @counted162) AND [o3].[SentAt] > @since17
        UNION ALL
        SELECT [s3].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s3]
        CROSS JOIN [OutboundMessages] AS [o4]
        WHERE [s3].[MergedIntoId] IS NOT NULL AND [o4].[SubscriberId] = [s3].[Id] AND [o4].[MessageClass] IN (@counted161, @counted162) AND [o4].[SentAt] > @since17
    ) AS [u1]
    WHERE [u1].[SubscriberId] = [s].[Id])) AND ([s].[Frequency] <> 4 OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o5].[SubscriberId]
        FROM [OutboundMessages] AS [o5]
        WHERE [o5].[MessageClass] IN (@counted211, @counted212) AND [o5].[SentAt] > @since22
        UNION ALL
        SELECT [s4].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s4]
        CROSS JOIN [OutboundMessages] AS [o6]
        WHERE [s4].[MergedIntoId] IS NOT NULL AND [o6].[SubscriberId] = [s4].[Id] AND [o6].[MessageClass] IN (@counted211, @counted212) AND [o6].[SentAt] > @since22
    ) AS [u2]
    WHERE [u2].[SubscriberId] = [s].[Id])) AND NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o7].[SubscriberId]
        FROM [OutboundMessages] AS [o7]
        WHERE [o7].[MessageClass] IN (@counted261, @counted262) AND [o7].[SentAt] > @since27
        UNION ALL
        SELECT [s5].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s5]
        CROSS JOIN [OutboundMessages] AS [o8]
        WHERE [s5].[MergedIntoId] IS NOT NULL AND [o8].[SubscriberId] = [s5].[Id] AND [o8].[MessageClass] IN (@counted261, @counted262) AND [o8].[SentAt] > @since27
    ) AS [u3]
    GROUP BY [u3].[SubscriberId]
    HAVING COUNT([u3].[SubscriberId]) >= @count AND [u3].[SubscriberId] = [s].[Id]) AND ((([s].[Region] IS NULL OR [s].[Region] IN (@others1, @others2, @others3, @others4, @others5, @others6, @others7, @others8, @others9, @others10, @others11, @others12, @others13, @others14, @others15, @others16, @others17, @others18, @others19, @others20, @others21, @others22, @others23, @others24, @others25, @others26, @others27, @others28, @others29, @others30, @others31, @others32, @others33, @others34, @others35, @others36, @others37, @others38, @others39, @others40, @others41, @others42, @others43, @others44, @others45, @others46, @others47, @others48, @others49, @others50, @others51, @others52, @others53, @others54, @others55, @others56, @others57, @others58, @others59, @others60)) AND ([s].[DeclaredRegion] IS NULL OR [s].[DeclaredRegion] IN (@others1, @others2, @others3, @others4, @others5, @others6, @others7, @others8, @others9, @others10, @others11, @others12, @others13, @others14, @others15, @others16, @others17, @others18, @others19, @others20, @others21, @others22, @others23, @others24, @others25, @others26, @others27, @others28, @others29, @others30, @others31, @others32, @others33, @others34, @others35, @others36, @others37, @others38, @others39, @others40, @others41, @others42, @others43, @others44, @others45, @others46, @others47, @others48, @others49, @others50, @others51, @others52, @others53, @others54, @others55, @others56, @others57, @others58, @others59, @others60))) OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o9].[SubscriberId]
        FROM [OutboundMessages] AS [o9]
        WHERE [o9].[MessageClass] IN (@counted341, @counted342) AND [o9].[SentAt] > @since35
        UNION ALL
        SELECT [s6].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s6]
        CROSS JOIN [OutboundMessages] AS [o10]
        WHERE [s6].[MergedIntoId] IS NOT NULL AND [o10].[SubscriberId] = [s6].[Id] AND [o10].[MessageClass] IN (@counted341, @counted342) AND [o10].[SentAt] > @since35
    ) AS [u4]
    GROUP BY [u4].[SubscriberId]
    HAVING COUNT([u4].[SubscriberId]) >= @count39 AND [u4].[SubscriberId] = [s].[Id])) AND (COALESCE([s].[DeclaredRegion], [s].[Region]) <> N'US' OR ([s].[DeclaredRegion] IS NULL AND [s].[Region] IS NULL) OR [s].[DeclaredState] <> @states1 OR [s].[DeclaredState] IS NULL OR NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o11].[SubscriberId]
        FROM [OutboundMessages] AS [o11]
        WHERE [o11].[MessageClass] = @counted431 AND [o11].[SentAt] > @since44
        UNION ALL
        SELECT [s7].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s7]
        CROSS JOIN [OutboundMessages] AS [o12]
        WHERE [s7].[MergedIntoId] IS NOT NULL AND [o12].[SubscriberId] = [s7].[Id] AND [o12].[MessageClass] = @counted431 AND [o12].[SentAt] > @since44
    ) AS [u5]
    WHERE [u5].[SubscriberId] = [s].[Id])) AND NOT EXISTS (
    SELECT 1
    FROM (
        SELECT [o13].[SubscriberId]
        FROM [OutboundMessages] AS [o13]
        WHERE [o13].[MessageClass] IN (@counted481, @counted482) AND [o13].[SentAt] > @since49
        UNION ALL
        SELECT [s8].[MergedIntoId] AS [SubscriberId]
        FROM [Subscribers] AS [s8]
        CROSS JOIN [OutboundMessages] AS [o14]
        WHERE [s8].[MergedIntoId] IS NOT NULL AND [o14].[SubscriberId] = [s8].[Id] AND [o14].[MessageClass] IN (@counted481, @counted482) AND [o14].[SentAt] > @since49
    ) AS [u6]
    GROUP BY [u6].[SubscriberId]
    HAVING COUNT([u6].[SubscriberId]) >= @count53 AND [u6].[SubscriberId] = [s].[Id]) AND [s].[Id] NOT IN (
    SELECT [c0].[SubscriberId]
    FROM [ConsentRecords] AS [c0]
    WHERE [c0].[PurposeId] = @purposeId54 AND [c0].[WordingId] = @wordings1 AND [c0].[SubscriberId] IN (
        SELECT [u7].[SubscriberId]
        FROM (
            SELECT [o15].[SubscriberId]
            FROM [OutboundMessages] AS [o15]
            WHERE [o15].[MessageClass] IN (@counted561, @counted562) AND [o15].[SentAt] > @since57
            UNION ALL
            SELECT [s9].[MergedIntoId] AS [SubscriberId]
            FROM [Subscribers] AS [s9]
            CROSS JOIN [OutboundMessages] AS [o16]
            WHERE [s9].[MergedIntoId] IS NOT NULL AND [o16].[SubscriberId] = [s9].[Id] AND [o16].[MessageClass] IN (@counted561, @counted562) AND [o16].[SentAt] > @since57
        ) AS [u7]
        GROUP BY [u7].[SubscriberId]
        HAVING COUNT([u7].[SubscriberId]) >= @count61
    )
)
