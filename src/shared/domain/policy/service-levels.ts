import type { ServicePolicy } from '../service-level.ts';
import type { PolicyHeader } from './header.ts';

/** The file of service levels: targets and allowances, and where each of them comes from (rule K-06). */
export interface ServiceLevels extends PolicyHeader, ServicePolicy {
  /** For whoever looks the file through: which standard a number follows. */
  readonly sources: Readonly<Record<string, string>>;
}
