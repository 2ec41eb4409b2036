.param set @values1 'US'
.param set @purposeId X'0193A000000070008000000000000001'
.param set @now 639311364000000000
.param set @purposeId3 X'0193A000000070008000000000000001'
.param set @sender '+12025550111'
.param set @now5 639311364000000000
.param set @counted1 3
.param set @counted2 4
.param set @since 639310500000000000
.param set @counted111 3
.param set @counted112 4
.param set @since12 639305316000000000
.param set @counted161 3
.param set @counted162 4
.param set @since17 639299268000000000
.param set @counted211 3
.param set @counted212 4
.param set @since22 639291311999999999
.param set @counted261 3
.param set @counted262 4
.param set @since27 639305316000000000
.param set @count 5
.param set @countries1 'AE'
.param set @countries2 'AS'
.param set @countries3 'AT'
.param set @countries4 'AU'
.param set @countries5 'AX'
.param set @countries6 'BE'
.param set @countries7 'BG'
.param set @countries8 'BL'
.param set @countries9 'BR'
.param set @countries10 'CA'
.param set @countries11 'CC'
.param set @countries12 'CX'
.param set @countries13 'CY'
.param set @countries14 'CZ'
.param set @countries15 'DE'
.param set @countries16 'DK'
.param set @countries17 'EE'
.param set @countries18 'ES'
.param set @countries19 'FI'
.param set @countries20 'FR'
.param set @countries21 'GB'
.param set @countries22 'GF'
.param set @countries23 'GG'
.param set @countries24 'GP'
.param set @countries25 'GR'
.param set @countries26 'GU'
.param set @countries27 'HR'
.param set @countries28 'HU'
.param set @countries29 'IE'
.param set @countries30 'IM'
.param set @countries31 'IN'
.param set @countries32 'IS'
.param set @countries33 'IT'
.param set @countries34 'JE'
.param set @countries35 'LI'
.param set @countries36 'LT'
.param set @countries37 'LU'
.param set @countries38 'LV'
.param set @countries39 'MF'
.param set @countries41 'MP'
.param set @countries42 'MQ'
.param set @countries43 'MT'
.param set @countries44 'NF'
.param set @countries45 'NL'
.param set @countries46 'NO'
.param set @countries47 'PL'
.param set @countries48 'PM'
.param set @countries49 'PR'
.param set @countries50 'PT'
.param set @countries51 'RE'
.param set @countries52 'RO'
.param set @countries53 'SE'
.param set @countries54 'SG'
.param set @countries55 'SI'
.param set @countries56 'SJ'
.param set @countries57 'SK'
.param set @countries58 'UM'
.param set @countries59 'US'
.param set @countries60 'VI'
.param set @countries61 'YT'
.param set @counted341 3
.param set @counted342 4
.param set @since35 639310500000000000
.param set @count39 3
.param set @states1 'ME'
.param set @counted431 4
.param set @since44 639311076000000000
.param set @counted481 3
.param set @counted482 4
.param set @since49 639284688000000000
.param set @count53 4
.param set @counted541 3
.param set @counted542 4
.param set @since55 639305316000000000
.param set @count59 2
.param set @purposeId60 X'0193A000000070008000000000000001'
.param set @wordings1 X'0193A000000070008000000000000004'

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" = @values1 AND "s"."Id" IN (
    SELECT "c"."SubscriberId"
    FROM "ConsentRecords" AS "c"
    WHERE "c"."PurposeId" = @purposeId AND "c"."Status" = 2 AND ("c"."ExpiresAt" IS NULL OR "c"."ExpiresAt" > @now)
) AND NOT ("s"."IsRestricted") AND "s"."NumberState" <> 2 AND "s"."NumberState" <> 3 AND NOT EXISTS (
    SELECT 1
    FROM "Suppressions" AS "s0"
    WHERE "s0"."LiftedAt" IS NULL AND ("s0"."Scope" IN (1, 2) OR ("s0"."Scope" = 3 AND "s0"."PurposeId" = @purposeId3) OR ("s0"."Scope" = 4 AND "s0"."Sender" = @sender)) AND "s0"."PhoneHash" = "s"."PhoneHash") AND ("s"."PausedUntil" IS NULL OR "s"."PausedUntil" <= @now5) AND "s"."Frequency" <> 5 AND ("s"."Frequency" <> 1 OR (NOT EXISTS (
    SELECT 1
    FROM "OutboundMessages" AS "o"
    WHERE "o"."MessageClass" IN (@counted1, @counted2) AND "o"."SentAt" > @since AND "o"."SubscriberId" = "s"."Id") AND NOT EXISTS (
    SELECT 1
    FROM "Subscribers" AS "s1"
    CROSS JOIN "OutboundMessages" AS "o0"
    WHERE "s1"."MergedIntoId" IS NOT NULL AND "o0"."SubscriberId" = "s1"."Id" AND "o0"."MessageClass" IN (@counted1, @counted2) AND "o0"."SentAt" > @since AND "s1"."MergedIntoId" = "s"."Id"))) AND ("s"."Frequency" <> 2 OR (NOT EXISTS (
    SELECT 1
    FROM "OutboundMessages" AS "o1"
    WHERE "o1"."MessageClass" IN (@counted111, @counted112) AND "o1"."SentAt" > @since12 AND "o1"."SubscriberId" = "s"."Id") AND NOT EXISTS (
    SELECT 1
    FROM "Subscribers" AS "s2"
    CROSS JOIN "OutboundMessages" AS "o2"
    WHERE "s2"."MergedIntoId" IS NOT NULL AND "o2"."SubscriberId" = "s2"."Id" AND "o2"."MessageClass" IN (@counted111, @counted112) AND "o2"."SentAt" > @since12 AND "s2"."MergedIntoId" = "s"."Id"))) AND ("s"."Frequency" <> 3 OR (NOT EXISTS (
    SELECT 1
    FROM "OutboundMessages" AS "o3"
    WHERE "o3"."MessageClass" IN (@counted161, @counted162) AND "o3"."SentAt" > @since17 AND "o3"."SubscriberId" = "s"."Id") AND NOT EXISTS (
    SELECT 1
    FROM "Subscribers" AS "s3"
    CROSS JOIN "OutboundMessages" AS "o4"
    WHERE "s3"."MergedIntoId" IS NOT NULL AND "o4"."SubscriberId" = "s3"."Id" AND "o4"."MessageClass" IN (@counted161, @counted162) AND "o4"."SentAt" > @since17 AND "s3"."MergedIntoId" = "s"."Id"))) AND ("s"."Frequency" <> 4 OR (NOT EXISTS (
    SELECT 1
    FROM "OutboundMessages" AS "o5"
    WHERE "o5"."MessageClass" IN (@counted211, @counted212) AND "o5"."SentAt" > @since22 AND "o5"."SubscriberId" = "s"."Id") AND NOT EXISTS (
    SELECT 1
    FROM "Subscribers" AS "s4"
    CROSS JOIN "OutboundMessages" AS "o6"
    WHERE "s4"."MergedIntoId" IS NOT NULL AND "o6"."SubscriberId" = "s4"."Id" AND "o6"."MessageClass" IN (@counted211, @counted212) AND "o6"."SentAt" > @since22 AND "s4"."MergedIntoId" = "s"."Id"))) AND (
    SELECT COUNT(*)
    FROM "OutboundMessages" AS "o7"
    WHERE "o7"."MessageClass" IN (@counted261, @counted262) AND "o7"."SentAt" > @since27 AND "o7"."SubscriberId" = "s"."Id") + (
    SELECT COUNT(*)
    FROM "Subscribers" AS "s5"
    CROSS JOIN "OutboundMessages" AS "o8"
    WHERE "s5"."MergedIntoId" IS NOT NULL AND "o8"."SubscriberId" = "s5"."Id" AND "o8"."MessageClass" IN (@counted261, @counted262) AND "o8"."SentAt" > @since27 AND "s5"."MergedIntoId" = "s"."Id") < @count AND ((("s"."Region" IS NULL OR "s"."Region" IN (@countries1, @countries2, @countries3, @countries4, @countries5, @countries6, @countries7, @countries8, @countries9, @countries10, @countries11, @countries12, @countries13, @countries14, @countries15, @countries16, @countries17, @countries18, @countries19, @countries20, @countries21, @countries22, @countries23, @countries24, @countries25, @countries26, @countries27, @countries28, @countries29, @countries30, @countries31, @countries32, @countries33, @countries34, @countries35, @countries36, @countries37, @countries38, @countries39, @countries41, @countries42, @countries43, @countries44, @countries45, @countries46, @countries47, @countries48, @countries49, @countries50, @countries51, @countries52, @countries53, @countries54, @countries55, @countries56, @countries57, @countries58, @countries59, @countries60, @countries61)) AND ("s"."DeclaredRegion" IS NULL OR "s"."DeclaredRegion" IN (@countries1, @countries2, @countries3, @countries4, @countries5, @countries6, @countries7, @countries8, @countries9, @countries10, @countries11, @countries12, @countries13, @countries14, @countries15, @countries16, @countries17, @countries18, @countries19, @countries20, @countries21, @countries22, @countries23, @countries24, @countries25, @countries26, @countries27, @countries28, @countries29, @countries30, @countries31, @countries32, @countries33, @countries34, @countries35, @countries36, @countries37, @countries38, @countries39, @countries41, @countries42, @countries43, @countries44, @countries45, @countries46, @countries47, @countries48, @countries49, @countries50, @countries51, @countries52, @countries53, @countries54, @countries55, @countries56, @countries57, @countries58, @countries59, @countries60, @countries61))) OR (
    SELECT COUNT(*)
    FROM "OutboundMessages" AS "o9"
    WHERE "o9"."MessageClass" IN (@counted341, @counted342) AND "o9"."SentAt" > @since35 AND "o9"."SubscriberId" = "s"."Id") + (
    SELECT COUNT(*)
    FROM "Subscribers" AS "s6"
    CROSS JOIN "OutboundMessages" AS "o10"
    WHERE "s6"."MergedIntoId" IS NOT NULL AND "o10"."SubscriberId" = "s6"."Id" AND "o10"."MessageClass" IN (@counted341, @counted342) AND "o10"."SentAt" > @since35 AND "s6"."MergedIntoId" = "s"."Id") < @count39) AND (COALESCE("s"."DeclaredRegion", "s"."Region") <> 'US' OR ("s"."DeclaredRegion" IS NULL AND "s"."Region" IS NULL) OR "s"."DeclaredState" <> @states1 OR "s"."DeclaredState" IS NULL OR (NOT EXISTS (
    SELECT 1
    FROM "OutboundMessages" AS "o11"
    WHERE "o11"."MessageClass" = @counted431 AND "o11"."SentAt" > @since44 AND "o11"."SubscriberId" = "s"."Id") AND NOT EXISTS (
    SELECT 1
    FROM "Subscribers" AS "s7"
    CROSS JOIN "OutboundMessages" AS "o12"
    WHERE "s7"."MergedIntoId" IS NOT NULL AND "o12"."SubscriberId" = "s7"."Id" AND "o12"."MessageClass" = @counted431 AND "o12"."SentAt" > @since44 AND "s7"."MergedIntoId" = "s"."Id"))) AND (
    SELECT COUNT(*)
    FROM "OutboundMessages" AS "o13"
    WHERE "o13"."MessageClass" IN (@counted481, @counted482) AND "o13"."SentAt" > @since49 AND "o13"."SubscriberId" = "s"."Id") + (
    SELECT COUNT(*)
    FROM "Subscribers" AS "s8"
    CROSS JOIN "OutboundMessages" AS "o14"
    WHERE "s8"."MergedIntoId" IS NOT NULL AND "o14"."SubscriberId" = "s8"."Id" AND "o14"."MessageClass" IN (@counted481, @counted482) AND "o14"."SentAt" > @since49 AND "s8"."MergedIntoId" = "s"."Id") < @count53 AND ((
    SELECT COUNT(*)
    FROM "OutboundMessages" AS "o15"
    WHERE "o15"."MessageClass" IN (@counted541, @counted542) AND "o15"."SentAt" > @since55 AND "o15"."SubscriberId" = "s"."Id") + (
    SELECT COUNT(*)
    FROM "Subscribers" AS "s9"
    CROSS JOIN "OutboundMessages" AS "o16"
    WHERE "s9"."MergedIntoId" IS NOT NULL AND "o16"."SubscriberId" = "s9"."Id" AND "o16"."MessageClass" IN (@counted541, @counted542) AND "o16"."SentAt" > @since55 AND "s9"."MergedIntoId" = "s"."Id") < @count59 OR NOT EXISTS (
    SELECT 1
    FROM "ConsentRecords" AS "c0"
    WHERE "c0"."SubscriberId" = "s"."Id" AND "c0"."PurposeId" = @purposeId60 AND "c0"."WordingId" = @wordings1))
