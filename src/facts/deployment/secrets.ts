import type { DeployedContainer, Variable } from '../../host/answers/deployment.ts';

/** What is told of one secret of one container: never the secret. */
export type SecretOf = {
  readonly name: string;
  readonly role: DeployedContainer['role'];
  /** Null where it is not set. */
  readonly secret: { readonly length: number; readonly group: number; readonly sample: boolean } | null;
};

const secretIn = (variable: Variable | undefined): SecretOf['secret'] => {
  const secret = variable?.secret ?? null;
  return secret && secret.length > 0 ? secret : null;
};

/** What is told of one secret variable in each of some containers. */
export const secretsOf = (containers: readonly DeployedContainer[], variable: string): readonly SecretOf[] =>
  containers.map(({ name, role, variables }) => ({
    name,
    role,
    secret: secretIn(variables.find((one) => one.name === variable)),
  }));

/** Containers by equal values of one secret, those without it left out. */
export const byValue = (secrets: readonly SecretOf[]): readonly (readonly string[])[] => {
  const set = secrets.filter(({ secret }) => secret !== null);
  return Object.values(Object.groupBy(set, ({ secret }) => secret?.group ?? -1)).map((some = []) =>
    some.map(({ name }) => name),
  );
};
