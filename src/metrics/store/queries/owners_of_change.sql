-- From whom to whom did a change hand records over?
-- Grain: one row per record that the change wrote, with owner and deputy before and after.
-- Parameters: change_no.
WITH version AS (
    SELECT
        'goal' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.goal
    UNION ALL
    SELECT
        'measure' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.measure
    UNION ALL
    SELECT
        'indicator' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.indicator
    UNION ALL
    SELECT
        'living_lab' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.living_lab
    UNION ALL
    SELECT
        'contribution' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.contribution
    UNION ALL
    SELECT
        'follow_up' AS kind,
        id,
        version,
        change_no,
        title,
        owner,
        deputy
    FROM z.follow_up
)

SELECT
    written.kind,
    written.id,
    written.version,
    written.title,
    former.owner AS owner_before,
    written.owner AS owner_after,
    former.deputy AS deputy_before,
    written.deputy AS deputy_after
FROM version AS written
INNER JOIN version AS former
    ON
        written.kind = former.kind
        AND written.id = former.id
        AND written.version = former.version + 1
WHERE written.change_no = $change_no
ORDER BY written.kind, written.id;
