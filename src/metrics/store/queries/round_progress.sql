-- How far has each rater of a round come in a vote?
-- Grain: one row per seat that has rated anything.
-- Parameters: round_id, vote, measures (ids that are to be rated), criteria (how many).
WITH newest AS (
    SELECT
        rating.seat,
        rating.measure_id,
        rating.withdrawn,
        json_array_length(rating.scores) AS answers
    FROM z.rating AS rating
    WHERE rating.round_id = $round_id AND rating.vote = $vote
    QUALIFY row_number() OVER (PARTITION BY rating.id ORDER BY rating.version DESC) = 1
)

SELECT
    newest.seat,
    sum(newest.answers)::INTEGER AS answers,
    count(*) FILTER (WHERE newest.answers >= $criteria)::INTEGER AS finished
FROM newest
WHERE NOT newest.withdrawn AND list_contains($measures::VARCHAR[], newest.measure_id)
GROUP BY newest.seat
ORDER BY newest.seat;
