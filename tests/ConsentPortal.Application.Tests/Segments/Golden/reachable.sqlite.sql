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
.param set @others1 'AE'
.param set @others2 'AS'
.param set @others3 'AT'
.param set @others4 'AU'
.param set @others5 'AX'
.param set @others6 'BE'
.param set @others7 'BG'
.param set @others8 'BL'
.param set @others9 'BR'
.param set @others10 'CA'
.param set @others11 'CC'
.param set @others12 'CX'
.param set @others13 'CY'
.param set @others14 'CZ'
.param set @others15 'DE'
.param set @others16 'DK'
.param set @others17 'EE'
.param set @others18 'ES'
.param set @others19 'FI'
.param set @others20 'FR'
.param set @others21 'GB'
.param set @others22 'GF'
.param set @others23 'GG'
.param set @others24 'GP'
.param set @others25 'GR'
.param set @others26 'GU'
.param set @others27 'HR'
.param set @others28 'HU'
.param set @others29 'IE'
.param set @others30 'IM'
.param set @others31 'IN'
.param set @others32 'IS'
.param set @others33 'IT'
.param set @others34 'JE'
.param set @others35 'LI'
.param set @others36 'LT'
.param set @others37 'LU'
.param set @others38 'LV'
.param set @others39 'MF'
.param set @others40 'MP'
.param set @others41 'MQ'
.param set @others42 'MT'
.param set @others43 'NF'
.param set @others44 'NL'
.param set @others45 'NO'
.param set @others46 'PL'
.param set @others47 'PM'
.param set @others48 'PR'
.param set @others49 'PT'
.param set @others50 'RE'
.param set @others51 'RO'
.param set @others52 'SE'
.param set @others53 'SG'
.param set @others54 'SI'
.param set @others55 'SJ'
.param set @others56 'SK'
.param set @others57 'UM'
.param set @others58 'US'
.param set @others59 'VI'
.param set @others60 'YT'
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
.param set @purposeId54 X'0193A000000070008000000000000001'
.param set @wordings1 X'0193A000000070008000000000000004'
.param set @counted561 3
.param set @counted562 4
.param set @since57 639305316000000000
.param set @count61 2

SELECT "s"."Id"
FROM "Subscribers" AS "s"
WHERE "s"."ErasedAt" IS NULL AND "s"."MergedIntoId" IS NULL AND "s"."Region" = @values1 AND "s"."Id" IN (
    SELECT "c"."SubscriberId"
    FROM "ConsentRecords" AS "c"
    WHERE "c"."PurposeId" = @purposeId AND "c"."Status" = 2 AND ("c"."ExpiresAt" IS NULL OR "c"."ExpiresAt" > @now)
) AND NOT ("s"."IsRestricted") AND "s"."NumberState" <> 2 AND "s"."NumberState" <> 3 AND NOT EXISTS (
    SELECT 1
    FROM "Suppressions" AS "s0"
    WHERE "s0"."LiftedAt" IS NULL AND ("s0"."Scope" IN (1, 2) OR ("s0"."Scope" = 3 AND "s0"."PurposeId" = @purposeId3) OR ("s0"."Scope" = 4 AND "s0"."Sender" = @sender)) AND "s0"."PhoneHash" = "s"."PhoneHash") AND ("s"."PausedUntil" IS NULL OR "s"."PausedUntil" <= @now5) AND "s"."Frequency" <> 5 AND ("s"."Frequency" <> 1 OR NOT (COALESCE("s"."Id" IN (
    SELECT "o"."SubscriberId"
    FROM "OutboundMessages" AS "o"
    WHERE "o"."MessageClass" IN (@counted1, @counted2) AND "o"."SentAt" > @since
    UNION ALL
    SELECT "s1"."MergedIntoId" AS "SubscriberId"
    FROM "Subscribers" AS "s1"
    CROSS JOIN "OutboundMessages" AS "o0"
    WHERE "s1"."MergedIntoId" IS NOT NULL AND "o0"."SubscriberId" = "s1"."Id" AND "o0"."MessageClass" IN (@counted1, @counted2) AND "o0"."SentAt" > @since
), 0))) AND ("s"."Frequency" <> 2 OR NOT (COALESCE("s"."Id" IN (
    SELECT "o1"."SubscriberId"
    FROM "OutboundMessages" AS "o1"
    WHERE "o1"."MessageClass" IN (@counted111, @counted112) AND "o1"."SentAt" > @since12
    UNION ALL
    SELECT "s2"."MergedIntoId" AS "SubscriberId"
    FROM "Subscribers" AS "s2"
    CROSS JOIN "OutboundMessages" AS "o2"
    WHERE "s2"."MergedIntoId" IS NOT NULL AND "o2"."SubscriberId" = "s2"."Id" AND "o2"."MessageClass" IN (@counted111, @counted112) AND "o2"."SentAt" > @since12
), 0))) AND ("s"."Frequency" <> 3 OR NOT (COALESCE("s"."Id" IN (
    SELECT "o3"."SubscriberId"
    FROM "OutboundMessages" AS "o3"
    WHERE "o3"."MessageClass" IN (@counted161, @counted162) AND "o3"."SentAt" > @since17
    UNION ALL
    SELECT "s3"."MergedIntoId" AS "SubscriberId"
    FROM "Subscribers" AS "s3"
    CROSS JOIN "OutboundMessages" AS "o4"
    WHERE "s3"."MergedIntoId" IS NOT NULL AND "o4"."SubscriberId" = "s3"."Id" AND "o4"."MessageClass" IN (@counted161, @counted162) AND "o4"."SentAt" > @since17
), 0))) AND ("s"."Frequency" <> 4 OR NOT (COALESCE("s"."Id" IN (
    SELECT "o5"."SubscriberId"
    FROM "OutboundMessages" AS "o5"
    WHERE "o5"."MessageClass" IN (@counted211, @counted212) AND "o5"."SentAt" > @since22
    UNION ALL
    SELECT "s4"."MergedIntoId" AS "SubscriberId"
    FROM "Subscribers" AS "s4"
    CROSS JOIN "OutboundMessages" AS "o6"
    WHERE "s4"."MergedIntoId" IS NOT NULL AND "o6"."SubscriberId" = "s4"."Id" AND "o6"."MessageClass" IN (@counted211, @counted212) AND "o6"."SentAt" > @since22
), 0))) AND NOT (COALESCE("s"."Id" IN (
    SELECT "u3"."SubscriberId"
    FROM (
        SELECT "o7"."SubscriberId"
        FROM "OutboundMessages" AS "o7"
        WHERE "o7"."MessageClass" IN (@counted261, @counted262) AND "o7"."SentAt" > @since27
        UNION ALL
        SELECT "s5"."MergedIntoId" AS "SubscriberId"
        FROM "Subscribers" AS "s5"
        CROSS JOIN "OutboundMessages" AS "o8"
        WHERE "s5"."MergedIntoId" IS NOT NULL AND "o8"."SubscriberId" = "s5"."Id" AND "o8"."MessageClass" IN (@counted261, @counted262) AND "o8"."SentAt" > @since27
    ) AS "u3"
    GROUP BY "u3"."SubscriberId"
    HAVING COUNT("u3"."SubscriberId") >= @count
), 0)) AND ((("s"."Region" IS NULL OR "s"."Region" IN (@others1, @others2, @others3, @others4, @others5, @others6, @others7, @others8, @others9, @others10, @others11, @others12, @others13, @others14, @others15, @others16, @others17, @others18, @others19, @others20, @others21, @others22, @others23, @others24, @others25, @others26, @others27, @others28, @others29, @others30, @others31, @others32, @others33, @others34, @others35, @others36, @others37, @others38, @others39, @others40, @others41, @others42, @others43, @others44, @others45, @others46, @others47, @others48, @others49, @others50, @others51, @others52, @others53, @others54, @others55, @others56, @others57, @others58, @others59, @others60)) AND ("s"."DeclaredRegion" IS NULL OR "s"."DeclaredRegion" IN (@others1, @others2, @others3, @others4, @others5, @others6, @others7, @others8, @others9, @others10, @others11, @others12, @others13, @others14, @others15, @others16, @others17, @others18, @others19, @others20, @others21, @others22, @others23, @others24, @others25, @others26, @others27, @others28, @others29, @others30, @others31, @others32, @others33, @others34, @others35, @others36, @others37, @others38, @others39, @others40, @others41, @others42, @others43, @others44, @others45, @others46, @others47, @others48, @others49, @others50, @others51, @others52, @others53, @others54, @others55, @others56, @others57, @others58, @others59, @others60))) OR NOT (COALESCE("s"."Id" IN (
    SELECT "u4"."SubscriberId"
    FROM (
        SELECT "o9"."SubscriberId"
        FROM "OutboundMessages" AS "o9"
        WHERE "o9"."MessageClass" IN (@counted341, @counted342) AND "o9"."SentAt" > @since35
        UNION ALL
        SELECT "s6"."MergedIntoId" AS "SubscriberId"
        FROM "Subscribers" AS "s6"
        CROSS JOIN "OutboundMessages" AS "o10"
        WHERE "s6"."MergedIntoId" IS NOT NULL AND "o10"."SubscriberId" = "s6"."Id" AND "o10"."MessageClass" IN (@counted341, @counted342) AND "o10"."SentAt" > @since35
    ) AS "u4"
    GROUP BY "u4"."SubscriberId"
    HAVING COUNT("u4"."SubscriberId") >= @count39
), 0))) AND (COALESCE("s"."DeclaredRegion", "s"."Region") <> 'US' OR ("s"."DeclaredRegion" IS NULL AND "s"."Region" IS NULL) OR "s"."DeclaredState" <> @states1 OR "s"."DeclaredState" IS NULL OR NOT (COALESCE("s"."Id" IN (
    SELECT "o11"."SubscriberId"
    FROM "OutboundMessages" AS "o11"
    WHERE "o11"."MessageClass" = @counted431 AND "o11"."SentAt" > @since44
    UNION ALL
    SELECT "s7"."MergedIntoId" AS "SubscriberId"
    FROM "Subscribers" AS "s7"
    CROSS JOIN "OutboundMessages" AS "o12"
    WHERE "s7"."MergedIntoId" IS NOT NULL AND "o12"."SubscriberId" = "s7"."Id" AND "o12"."MessageClass" = @counted431 AND "o12"."SentAt" > @since44
), 0))) AND NOT (COALESCE("s"."Id" IN (
    SELECT "u6"."SubscriberId"
    FROM (
        SELECT "o13"."SubscriberId"
        FROM "OutboundMessages" AS "o13"
        WHERE "o13"."MessageClass" IN (@counted481, @counted482) AND "o13"."SentAt" > @since49
        UNION ALL
        SELECT "s8"."MergedIntoId" AS "SubscriberId"
        FROM "Subscribers" AS "s8"
        CROSS JOIN "OutboundMessages" AS "o14"
        WHERE "s8"."MergedIntoId" IS NOT NULL AND "o14"."SubscriberId" = "s8"."Id" AND "o14"."MessageClass" IN (@counted481, @counted482) AND "o14"."SentAt" > @since49
    ) AS "u6"
    GROUP BY "u6"."SubscriberId"
    HAVING COUNT("u6"."SubscriberId") >= @count53
), 0)) AND "s"."Id" NOT IN (
    SELECT "c0"."SubscriberId"
    FROM "ConsentRecords" AS "c0"
    WHERE "c0"."PurposeId" = @purposeId54 AND "c0"."WordingId" = @wordings1 AND "c0"."SubscriberId" IN (
        SELECT "u7"."SubscriberId"
        FROM (
            SELECT "o15"."SubscriberId"
            FROM "OutboundMessages" AS "o15"
            WHERE "o15"."MessageClass" IN (@counted561, @counted562) AND "o15"."SentAt" > @since57
            UNION ALL
            SELECT "s9"."MergedIntoId" AS "SubscriberId"
            FROM "Subscribers" AS "s9"
            CROSS JOIN "OutboundMessages" AS "o16"
            WHERE "s9"."MergedIntoId" IS NOT NULL AND "o16"."SubscriberId" = "s9"."Id" AND "o16"."MessageClass" IN (@counted561, @counted562) AND "o16"."SentAt" > @since57
        ) AS "u7"
        GROUP BY "u7"."SubscriberId"
        HAVING COUNT("u7"."SubscriberId") >= @count61
    )
)
