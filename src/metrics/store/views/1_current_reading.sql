-- Every reading in its newest released version, without withdrawn ones: a draft, a checked or a returned version waits
-- beside it and does not count. What was withdrawn counts again only once a later version is released.
-- Few readings are ever revised, so what counts is looked up in the small set of later versions.
CREATE VIEW memory.v.current_reading AS
WITH settled AS (
    SELECT
        id,
        max(version) AS version
    FROM z.reading
    WHERE version > 1 AND (withdrawn OR state = 'released')
    GROUP BY id
)

SELECT reading.*
FROM z.reading AS reading
LEFT JOIN settled ON reading.id = settled.id
WHERE
    NOT reading.withdrawn
    AND reading.state = 'released'
    AND reading.version = coalesce(settled.version, 1);
