-- How was a round rated in its first votes?
-- Grain: one row per rating, its newest version; withdrawn ones are left out.
-- Parameters: round_id, votes (how many), seat (one alone, NULL for all).
SELECT rating.*
FROM z.rating AS rating
WHERE
    rating.round_id = $round_id
    AND rating.vote <= $votes
    AND ($seat IS NULL OR rating.seat = $seat)
QUALIFY row_number() OVER (PARTITION BY rating.id ORDER BY rating.version DESC) = 1 AND NOT rating.withdrawn
ORDER BY rating.vote, rating.seat, rating.measure_id;
