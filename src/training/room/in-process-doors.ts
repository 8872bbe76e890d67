import type { ConnectPhotos } from '../../main/workstation/photo-client.ts';
import type { ConnectPolicies } from '../../main/workstation/policy-client.ts';
import type { ConnectSignIn } from '../../main/workstation/sign-in-client.ts';
import type { SignIns } from '../../queue/accounts/sign-ins.ts';
import type { PolicySource } from '../../queue/policy/policy-source.ts';

/** Where a wrong PIN is counted as coming from. */
const HERE = 'this program';

/** What a desk asks its queue for besides the link, answered in the same process (rule TS-07). */
export function doorsInProcess({
  signIns,
  policies,
}: {
  readonly signIns: SignIns;
  readonly policies: PolicySource;
}): {
  readonly connectSignIn: ConnectSignIn;
  readonly connectPolicies: ConnectPolicies;
  readonly connectPhotos: ConnectPhotos;
} {
  return {
    connectSignIn: () => ({
      signIn: (request) => signIns.signIn(request, HERE),
      answers: async () => true,
      signOff: async (token) => void (await signIns.signOff(token)),
    }),
    connectPolicies: () => ({
      read: async (name) => policies.textOf(name)?.text ?? null,
    }),
    // No scenario brings a photo.
    connectPhotos: () => ({ read: async () => null }),
  };
}
