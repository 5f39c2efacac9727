import type { Json } from '../../../model.ts';
import type { DatabaseOrder } from './order.ts';

export const server = async (_order: DatabaseOrder): Promise<Json> => {
  throw new Error('not asked yet');
};
