-- How a boundary came to be: few events among the very many reads of a section. The types of the kind `sharing` as the catalogue has
-- them; one that is missing here is found all the same, only later, and the test of the desk's plans says so.
CREATE INDEX audit_inbox_sharing ON audit_inbox (section_id, at, id)
  WHERE type IN (
    'document.handed_over', 'section.frozen', 'section.unfrozen', 'section.marked', 'document.marked',
    'sharing.previewed', 'sharing.changed', 'boundary.viewed', 'sharing.recalled', 'boundary.narrowed',
    'boundary.widened', 'grant.started', 'grant.ended', 'deny.started', 'deny.ended', 'release.requested',
    'release.key_turned', 'release.completed', 'release.declined', 'release.withdrawn', 'release.voided',
    'release.viewed', 'release.listed', 'release.lapsed', 'access.explained', 'access.compared',
    'document.viewed_as', 'policy.changed', 'policy.changed_outside', 'policy.state', 'policy.labels_changed',
    'inbox.marked'
  );
