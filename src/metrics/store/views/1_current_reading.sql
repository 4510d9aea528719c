-- Every reading in its newest version, without withdrawn ones.
-- Few readings are ever revised, so their newest versions are looked up in the small set of later versions.
CREATE VIEW memory.v.current_reading AS
WITH revised AS (
    SELECT
        id,
        max(version) AS version
    FROM z.reading
    WHERE version > 1
    GROUP BY id
)

SELECT reading.*
FROM z.reading AS reading
LEFT JOIN revised ON reading.id = revised.id
WHERE NOT reading.withdrawn AND reading.version = coalesce(revised.version, 1);
