import { fail, warn } from '../../check.ts';
import type { Finding } from '../../model.ts';
import type { HealthNode } from './nodes.ts';
import { blameOf, troubleWords } from './trouble.ts';

/** How a node is called. */
export const label = ({ name }: HealthNode): string => name ?? 'the client';
export const labels = (nodes: readonly HealthNode[]): string => nodes.map(label).join(', ');

/** Whether a node answers `errors`, or nothing, in place of a state. */
export const isSilent = ({ errors, status }: HealthNode): boolean => errors.length > 0 || status === null;

/** What a node is told of that answers `errors`: it fails the cluster where it is needed. */
export const ofSilent = (node: HealthNode, isNeeded: boolean): Finding => {
  const [error] = node.errors;
  const subject = label(node);
  const { remedy } = error
    ? blameOf({ ...error, status: null, byKey: false })
    : { remedy: `Look into the log of ${subject}.` };
  const is = error ? `answers ${troubleWords({ ...error, status: null, byKey: false })}` : 'tells no state';
  if (isNeeded) return fail(`${subject} ${is}; it is needed`, { subject, remedy });
  return warn(`${subject} ${is}; a spare covers it`, { subject, remedy });
};

/** Where no node answers at all, what they all say is the finding: nothing is known of shards and masters. */
export const ofNobody = (nodes: readonly HealthNode[]): readonly Finding[] => {
  const told = nodes.map((node) => ({ node, told: ofSilent(node, true) }));
  const alike = Object.values(
    Object.groupBy(told, ({ node, told: { message, remedy } }) =>
      JSON.stringify([message.replace(label(node), ''), remedy]),
    ),
  );
  return alike.flatMap((group) => {
    const [first] = group ?? [];
    if (!group || !first || group.length === 1) return first ? [first.told] : [];
    const [own, all] = [label(first.node), labels(group.map(({ node }) => node))];
    return [
      {
        ...first.told,
        subject: all,
        message: first.told.message
          .replace(own, `Each of ${all}`)
          .replace(/it is needed$/, 'no node answers otherwise'),
      },
    ];
  });
};
