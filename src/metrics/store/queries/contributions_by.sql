-- Which contributions did a person write, as they stand today?
-- Grain: one row per contribution, its newest version, in order of id; withdrawn ones are left out.
-- Parameters: person (as the ledger knows whoever wrote the first version).
SELECT entry.*
FROM z.contribution AS entry
INNER JOIN z.contribution AS first_version ON entry.id = first_version.id AND first_version.version = 1
INNER JOIN z.change AS change ON first_version.change_no = change.change_no
WHERE change.recorded_by = $person
QUALIFY row_number() OVER (PARTITION BY entry.id ORDER BY entry.version DESC) = 1 AND NOT entry.withdrawn
ORDER BY entry.id;
