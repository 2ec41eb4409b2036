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
DECLARE @countries1 nvarchar(3) = N'AE';
DECLARE @countries2 nvarchar(3) = N'AS';
DECLARE @countries3 nvarchar(3) = N'AT';
DECLARE @countries4 nvarchar(3) = N'AU';
DECLARE @countries5 nvarchar(3) = N'AX';
DECLARE @countries6 nvarchar(3) = N'BE';
DECLARE @countries7 nvarchar(3) = N'BG';
DECLARE @countries8 nvarchar(3) = N'BL';
DECLARE @countries9 nvarchar(3) = N'BR';
DECLARE @countries10 nvarchar(3) = N'CA';
DECLARE @countries11 nvarchar(3) = N'CC';
DECLARE @countries12 nvarchar(3) = N'CX';
DECLARE @countries13 nvarchar(3) = N'CY';
DECLARE @countries14 nvarchar(3) = N'CZ';
DECLARE @countries15 nvarchar(3) = N'DE';
DECLARE @countries16 nvarchar(3) = N'DK';
DECLARE @countries17 nvarchar(3) = N'EE';
DECLARE @countries18 nvarchar(3) = N'ES';
DECLARE @countries19 nvarchar(3) = N'FI';
DECLARE @countries20 nvarchar(3) = N'FR';
DECLARE @countries21 nvarchar(3) = N'GB';
DECLARE @countries22 nvarchar(3) = N'GF';
DECLARE @countries23 nvarchar(3) = N'GG';
DECLARE @countries24 nvarchar(3) = N'GP';
DECLARE @countries25 nvarchar(3) = N'GR';
DECLARE @countries26 nvarchar(3) = N'GU';
DECLARE @countries27 nvarchar(3) = N'HR';
DECLARE @countries28 nvarchar(3) = N'HU';
DECLARE @countries29 nvarchar(3) = N'IE';
DECLARE @countries30 nvarchar(3) = N'IM';
DECLARE @countries31 nvarchar(3) = N'IN';
DECLARE @countries32 nvarchar(3) = N'IS';
DECLARE @countries33 nvarchar(3) = N'IT';
DECLARE @countries34 nvarchar(3) = N'JE';
DECLARE @countries35 nvarchar(3) = N'LI';
DECLARE @countries36 nvarchar(3) = N'LT';
DECLARE @countries37 nvarchar(3) = N'LU';
DECLARE @countries38 nvarchar(3) = N'LV';
DECLARE @countries39 nvarchar(3) = N'MF';
DECLARE @countries41 nvarchar(3) = N'MP';
DECLARE @countries42 nvarchar(3) = N'MQ';
DECLARE @countries43 nvarchar(3) = N'MT';
DECLARE @countries44 nvarchar(3) = N'NF';
DECLARE @countries45 nvarchar(3) = N'NL';
DECLARE @countries46 nvarchar(3) = N'NO';
DECLARE @countries47 nvarchar(3) = N'PL';
DECLARE @countries48 nvarchar(3) = N'PM';
DECLARE @countries49 nvarchar(3) = N'PR';
DECLARE @countries50 nvarchar(3) = N'PT';
DECLARE @countries51 nvarchar(3) = N'RE';
DECLARE @countries52 nvarchar(3) = N'RO';
DECLARE @countries53 nvarchar(3) = N'SE';
DECLARE @countries54 nvarchar(3) = N'SG';
DECLARE @countries55 nvarchar(3) = N'SI';
DECLARE @countries56 nvarchar(3) = N'SJ';
DECLARE @countries57 nvarchar(3) = N'SK';
DECLARE @countries58 nvarchar(3) = N'UM';
DECLARE @countries59 nvarchar(3) = N'US';
DECLARE @countries60 nvarchar(3) = N'VI';
DECLARE @countries61 nvarchar(3) = N'YT';
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
DECLARE @counted541 int = 3;
DECLARE @counted542 int = 4;
DECLARE @since55 datetimeoffset = '2026-11-17T17:00:00.0000000+00:00';
DECLARE @count59 int = 2;
DECLARE @purposeId60 uniqueIdentifier = '0193a000-0000-7000-8000-000000000001';
DECLARE @wordings1 uniqueIdentifier = '0193a000-0000-7000-8000-000000000004';

SELECT [s].[Id]
FROM [Subscribers] AS [s]
WHERE [s].[ErasedAt] IS NULL AND [s].[MergedIntoId] IS NULL AND [s].[Region] = @values1 AND [s].[Id] IN (
    SELECT [c].[SubscriberId]
    FROM [ConsentRecords] AS [c]
    WHERE [c].[PurposeId] = @purposeId AND [c].[Status] = 2 AND ([c].[ExpiresAt] IS NULL OR [c].[ExpiresAt] > @now)
) AND [s].[IsRestricted] = CAST(0 AS bit) AND [s].[NumberState] <> 2 AND [s].[NumberState] <> 3 AND NOT EXISTS (
    SELECT 1
    FROM [Suppressions] AS [s0]
    WHERE [s0].[LiftedAt] IS NULL AND ([s0].[Scope] IN (1, 2) OR ([s0].[Scope] = 3 AND [s0].[PurposeId] = @purposeId3) OR ([s0].[Scope] = 4 AND [s0].[Sender] = @sender)) AND [s0].[PhoneHash] = [s].[PhoneHash]) AND ([s].[PausedUntil] IS NULL OR [s].[PausedUntil] <= @now5) AND [s].[Frequency] <> 5 AND ([s].[Frequency] <> 1 OR (NOT EXISTS (
    SELECT 1
    FROM [OutboundMessages] AS [o]
    WHERE [o].[MessageClass] IN (@counted1, @counted2) AND [o].[SentAt] > @since AND [o].[SubscriberId] = [s].[Id]) AND NOT EXISTS (
    SELECT 1
    FROM [Subscribers] AS [s1]
    CROSS JOIN [OutboundMessages] AS [o0]
    WHERE [s1].[MergedIntoId] IS NOT NULL AND [o0].[SubscriberId] = [s1].[Id] AND [o0].[MessageClass] IN (@counted1, @counted2) AND [o0].[SentAt] > @since AND [s1].[MergedIntoId] = [s].[Id]))) AND ([s].[Frequency] <> 2 OR (NOT EXISTS (
    SELECT 1
    FROM [OutboundMessages] AS [o1]
    WHERE [o1].[MessageClass] IN (@counted111, @counted112) AND [o1].[SentAt] > @since12 AND [o1].[SubscriberId] = [s].[Id]) AND NOT EXISTS (
    SELECT 1
    FROM [Subscribers] AS [s2]
    CROSS JOIN [OutboundMessages] AS [o2]
    WHERE [s2].[MergedIntoId] IS NOT NULL AND [o2].[SubscriberId] = [s2].[Id] AND [o2].[MessageClass] IN (@counted111, @counted112) AND [o2].[SentAt] > @since12 AND [s2].[MergedIntoId] = [s].[Id]))) AND ([s].[Frequency] <> 3 OR (NOT EXISTS (
    SELECT 1
    FROM [OutboundMessages] AS [o3]
    WHERE [o3].[MessageClass] IN (@counted161, @counted162) AND [o3].[SentAt] > @since17 AND [o3].[SubscriberId] = [s].[Id]) AND NOT EXISTS (
    SELECT 1
    FROM [Subscribers] AS [s3]
    CROSS JOIN [OutboundMessages] AS [o4]
    WHERE [s3].[MergedIntoId] IS NOT NULL AND [o4].[SubscriberId] = [s3].[Id] AND [o4].[MessageClass] IN (@counted161, @counted162) AND [o4].[SentAt] > @since17 AND [s3].[MergedIntoId] = [s].[Id]))) AND ([s].[Frequency] <> 4 OR (NOT EXISTS (
    SELECT 1
    FROM [OutboundMessages] AS [o5]
    WHERE [o5].[MessageClass] IN (@counted211, @counted212) AND [o5].[SentAt] > @since22 AND [o5].[SubscriberId] = [s].[Id]) AND NOT EXISTS (
    SELECT 1
    FROM [Subscribers] AS [s4]
    CROSS JOIN [OutboundMessages] AS [o6]
    WHERE [s4].[MergedIntoId] IS NOT NULL AND [o6].[SubscriberId] = [s4].[Id] AND [o6].[MessageClass] IN (@counted211, @counted212) AND [o6].[SentAt] > @since22 AND [s4].[MergedIntoId] = [s].[Id]))) AND (
    SELECT COUNT(*)
    FROM [OutboundMessages] AS [o7]
    WHERE [o7].[MessageClass] IN (@counted261, @counted262) AND [o7].[SentAt] > @since27 AND [o7].[SubscriberId] = [s].[Id]) + (
    SELECT COUNT(*)
    FROM [Subscribers] AS [s5]
    CROSS JOIN [OutboundMessages] AS [o8]
    WHERE [s5].[MergedIntoId] IS NOT NULL AND [o8].[SubscriberId] = [s5].[Id] AND [o8].[MessageClass] IN (@counted261, @counted262) AND [o8].[SentAt] > @since27 AND [s5].[MergedIntoId] = [s].[Id]) < @count AND ((([s].[Region] IS NULL OR [s].[Region] IN (@countries1, @countries2, @countries3, @countries4, @countries5, @countries6, @countries7, @countries8, @countries9, @countries10, @countries11, @countries12, @countries13, @countries14, @countries15, @countries16, @countries17, @countries18, @countries19, @countries20, @countries21, @countries22, @countries23, @countries24, @countries25, @countries26, @countries27, @countries28, @countries29, @countries30, @countries31, @countries32, @countries33, @countries34, @countries35, @countries36, @countries37, @countries38, @countries39, @countries41, @countries42, @countries43, @countries44, @countries45, @countries46, @countries47, @countries48, @countries49, @countries50, @countries51, @countries52, @countries53, @countries54, @countries55, @countries56, @countries57, @countries58, @countries59, @countries60, @countries61)) AND ([s].[DeclaredRegion] IS NULL OR [s].[DeclaredRegion] IN (@countries1, @countries2, @countries3, @countries4, @countries5, @countries6, @countries7, @countries8, @countries9, @countries10, @countries11, @countries12, @countries13, @countries14, @countries15, @countries16, @countries17, @countries18, @countries19, @countries20, @countries21, @countries22, @countries23, @countries24, @countries25, @countries26, @countries27, @countries28, @countries29, @countries30, @countries31, @countries32, @countries33, @countries34, @countries35, @countries36, @countries37, @countries38, @countries39, @countries41, @countries42, @countries43, @countries44, @countries45, @countries46, @countries47, @countries48, @countries49, @countries50, @countries51, @countries52, @countries53, @countries54, @countries55, @countries56, @countries57, @countries58, @countries59, @countries60, @countries61))) OR (
    SELECT COUNT(*)
    FROM [OutboundMessages] AS [o9]
    WHERE [o9].[MessageClass] IN (@counted341, @counted342) AND [o9].[SentAt] > @since35 AND [o9].[SubscriberId] = [s].[Id]) + (
    SELECT COUNT(*)
    FROM [Subscribers] AS [s6]
    CROSS JOIN [OutboundMessages] AS [o10]
    WHERE [s6].[MergedIntoId] IS NOT NULL AND [o10].[SubscriberId] = [s6].[Id] AND [o10].[MessageClass] IN (@counted341, @counted342) AND [o10].[SentAt] > @since35 AND [s6].[MergedIntoId] = [s].[Id]) < @count39) AND (COALESCE([s].[DeclaredRegion], [s].[Region]) <> N'US' OR ([s].[DeclaredRegion] IS NULL AND [s].[Region] IS NULL) OR [s].[DeclaredState] <> @states1 OR [s].[DeclaredState] IS NULL OR (NOT EXISTS (
    SELECT 1
    FROM [OutboundMessages] AS [o11]
    WHERE [o11].[MessageClass] = @counted431 AND [o11].[SentAt] > @since44 AND [o11].[SubscriberId] = [s].[Id]) AND NOT EXISTS (
    SELECT 1
    FROM [Subscribers] AS [s7]
    CROSS JOIN [OutboundMessages] AS [o12]
    WHERE [s7].[MergedIntoId] IS NOT NULL AND [o12].[SubscriberId] = [s7].[Id] AND [o12].[MessageClass] = @counted431 AND [o12].[SentAt] > @since44 AND [s7].[MergedIntoId] = [s].[Id]))) AND (
    SELECT COUNT(*)
    FROM [OutboundMessages] AS [o13]
    WHERE [o13].[MessageClass] IN (@counted481, @counted482) AND [o13].[SentAt] > @since49 AND [o13].[SubscriberId] = [s].[Id]) + (
    SELECT COUNT(*)
    FROM [Subscribers] AS [s8]
    CROSS JOIN [OutboundMessages] AS [o14]
    WHERE [s8].[MergedIntoId] IS NOT NULL AND [o14].[SubscriberId] = [s8].[Id] AND [o14].[MessageClass] IN (@counted481, @counted482) AND [o14].[SentAt] > @since49 AND [s8].[MergedIntoId] = [s].[Id]) < @count53 AND ((
    SELECT COUNT(*)
    FROM [OutboundMessages] AS [o15]
    WHERE [o15].[MessageClass] IN (@counted541, @counted542) AND [o15].[SentAt] > @since55 AND [o15].[SubscriberId] = [s].[Id]) + (
    SELECT COUNT(*)
    FROM [Subscribers] AS [s9]
    CROSS JOIN [OutboundMessages] AS [o16]
    WHERE [s9].[MergedIntoId] IS NOT NULL AND [o16].[SubscriberId] = [s9].[Id] AND [o16].[MessageClass] IN (@counted541, @counted542) AND [o16].[SentAt] > @since55 AND [s9].[MergedIntoId] = [s].[Id]) < @count59 OR NOT EXISTS (
    SELECT 1
    FROM [ConsentRecords] AS [c0]
    WHERE [c0].[SubscriberId] = [s].[Id] AND [c0].[PurposeId] = @purposeId60 AND [c0].[WordingId] = @wordings1))
