-- Keep what a committee is shown.
-- Parameters: id, sitting_id, sitting_version, taken_at (UTC), taken_by, change_no, template, sha256, content (JSON).
INSERT INTO z.snapshot (
    id, sitting_id, sitting_version, taken_at, taken_by, change_no, template, sha256, content
)
VALUES (
    $id, $sitting_id, $sitting_version, $taken_at, $taken_by, $change_no, $template, $sha256, $content
);
