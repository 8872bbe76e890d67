import type { FoundKind } from '../../../shared/domain/place/found-place.ts';
import type { Precision } from '../../../shared/domain/place/gazetteer.ts';

export const kindWords: Readonly<Record<FoundKind, string>> = {
  town: 'town',
  street: 'street',
  address: 'address',
  junction: 'junction',
  station: 'station',
  hospital: 'hospital',
  'police-station': 'police station',
  roundabout: 'roundabout',
  bridge: 'bridge',
  'road-feature': 'on the road',
  shops: 'shops',
  services: 'services',
  'open-space': 'open space',
  campus: 'campus',
  mast: 'mast',
  road: 'road',
  'marker-post': 'marker post',
  'grid-reference': 'grid reference',
  coordinates: 'position',
};

/** How near a place is known. */
export function precisionWords(precision: Precision): string {
  if (precision === 'road') return 'this road';
  return precision === 'area' ? 'only the town' : `within ${precision} m`;
}
